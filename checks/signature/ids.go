package signature

import (
	"html"
	"strings"
	"unicode"

	"isitme/checks/evidence"
)

// maxID is the longest request ID worth quoting, in bytes; the longest documented ones have 64.
const maxID = 128

// RequestIDs returns the numbers in a reply that its owner can find in a log: first those that the recognised authors
// promise, then those that many servers send. They are quoted as sent, except that a value that is not printable ASCII
// or longer than 128 bytes is left out.
func RequestIDs(reply Reply) []evidence.RequestID {
	var all []evidence.RequestID
	seen := map[string]bool{}
	add := func(sources []IDSource) {
		for _, s := range sources {
			value := s.find(reply)
			if seen[s.Header] || !quotable(value) {
				continue
			}
			seen[s.Header] = true
			all = append(all, evidence.RequestID{Header: s.Header, Value: value})
		}
	}
	for _, r := range match(reply) {
		add(r.IDs)
	}
	add(catalogue().generic)
	return all
}

// WhereID returns the key of the sentence that says where the owner finds the ID named header, "where_id.<x>". The
// sentence for IDs that are not known is "where_id.others".
func WhereID(header string) string {
	for _, r := range catalogue().rules {
		for _, s := range r.IDs {
			if strings.EqualFold(s.Header, header) {
				return "where_id." + s.Where
			}
		}
	}
	for _, s := range catalogue().generic {
		if strings.EqualFold(s.Header, header) {
			return "where_id." + s.Where
		}
	}
	return "where_id.others"
}

func (s IDSource) find(reply Reply) string {
	if s.Pattern == nil {
		return strings.TrimSpace(reply.Header.Get(s.Header))
	}
	body := reply.Body
	if len(body) > maxBody {
		body = body[:maxBody]
	}
	if m := s.Pattern.FindSubmatch(body); m != nil {
		return strings.TrimSpace(html.UnescapeString(string(m[1])))
	}
	return ""
}

func quotable(value string) bool {
	return value != "" && len(value) <= maxID && !strings.ContainsFunc(value, func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsPrint(r)
	})
}
