package pac

import (
	"strings"
)

// Choice is one of the ways that a script offers, in its order.
type Choice struct {
	// Direct is true for "DIRECT": no proxy. Scheme and Address are empty then.
	Direct bool
	// Scheme is the kind of proxy, "http", "https" or "socks5"; Address is its host and port.
	Scheme, Address string
}

// kinds are the words of the format that name kinds of proxy. SOCKS names version 4 by the letter and is used for
// servers that speak 5 as well; version 4 alone is not supported.
var kinds = map[string]string{
	"PROXY": "http", "HTTP": "http", "HTTPS": "https", "SOCKS": "socks5", "SOCKS5": "socks5",
}

// Parse reads a script's answer. An empty answer means no proxy; entries that cannot be used are left out.
func Parse(result string) []Choice {
	if strings.TrimSpace(result) == "" {
		return []Choice{{Direct: true}}
	}
	var choices []Choice
	for entry := range strings.SplitSeq(result, ";") {
		fields := strings.Fields(entry)
		if len(fields) == 1 && strings.EqualFold(fields[0], "DIRECT") {
			choices = append(choices, Choice{Direct: true})
		}
		if len(fields) != 2 {
			continue
		}
		if scheme, ok := kinds[strings.ToUpper(fields[0])]; ok {
			choices = append(choices, Choice{Scheme: scheme, Address: fields[1]})
		}
	}
	return choices
}
