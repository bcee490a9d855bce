package system

import (
	"bufio"
	"bytes"
	"strings"
)

// gnomeSetting reads what `gsettings list-recursively org.gnome.system.proxy` prints: schema, key and a value in GVariant's
// text form per line.
func gnomeSetting(out []byte) setting {
	values := map[string]string{}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, maxOutput)
	for lines.Scan() {
		fields := strings.SplitN(lines.Text(), " ", 3)
		if len(fields) == 3 {
			values[strings.TrimPrefix(strings.TrimPrefix(fields[0], "org.gnome.system.proxy"), ".")+"/"+fields[1]] = fields[2]
		}
	}
	s := setting{Source: "gnome"}
	switch gvariantString(values["/mode"]) {
	case "auto":
		s.Script, s.ScriptKey = gvariantString(values["/autoconfig-url"]), "autoconfig-url"
		s.Discover = s.Script == ""
	case "manual":
		s.Proxies = gnomeProxies(values)
		entries := gvariantStrings(values["/ignore-hosts"])
		s.Bypassed = func(host string, port int) bool {
			return bypassed(host, port, entries, bypassRules{Subdomains: true}) // as GSimpleProxyResolver documents
		}
	}
	return s
}

// gnomeProxies are the proxies that have a host and a port. Only the one for http can ask for a password, and the
// others take that one's.
func gnomeProxies(values map[string]string) map[string]fixedProxy {
	proxies := map[string]fixedProxy{}
	for _, kind := range []string{"http", "https", "socks"} {
		host, port := gvariantString(values[kind+"/host"]), values[kind+"/port"]
		if host == "" || port == "" || port == "0" {
			continue
		}
		user := ""
		if kind != "socks" && values["http/use-authentication"] == "true" {
			user = userInfo(gvariantString(values["http/authentication-user"]), gvariantString(values["http/authentication-password"]))
		}
		proxies[kind] = fixedProxy{
			Address: proxyText(usualKind(kind), user, host, port), Key: "org.gnome.system.proxy." + kind,
		}
	}
	return proxies
}

// gvariantString reads a string in GVariant's text form: in either kind of quotes, with backslash escapes.
func gvariantString(text string) string {
	value, _ := nextString(text)
	return value
}

// gvariantStrings reads an array of strings.
func gvariantStrings(text string) []string {
	var values []string
	for {
		i := strings.IndexAny(text, `'"`)
		if i < 0 {
			return values
		}
		var value string
		value, text = nextString(text[i:])
		values = append(values, value)
	}
}

// nextString reads the quoted string that text begins with and returns what follows it.
func nextString(text string) (value, rest string) {
	if text == "" || text[0] != '\'' && text[0] != '"' {
		return "", ""
	}
	quote := text[0]
	var out strings.Builder
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == quote:
			return out.String(), text[i+1:]
		case c == '\\' && i+1 < len(text):
			i++
			out.WriteByte(text[i])
		default:
			out.WriteByte(c)
		}
	}
	return out.String(), ""
}
