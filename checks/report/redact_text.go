package report

import (
	"net/netip"
	"regexp"
	"strings"
	"unicode/utf8"
)

// The shapes of secrets in free text.
var (
	reHome   = regexp.MustCompile(`(?i)((?:/|\\)(?:home|users)(?:/|\\))[^/\\\s:"']+`)
	reQuery  = regexp.MustCompile(`(\S)[?#&;][\w%.~\[\]-]+=\S*`)
	reMail   = regexp.MustCompile(`[\pL\pN._%+-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)+`)
	reMAC    = regexp.MustCompile(`(?i)\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b|\b[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}\b`)
	reScheme = regexp.MustCompile(`(?i)\b(bearer|basic|digest|negotiate|ntlm|token)\s+[A-Za-z0-9._~+/=-]{8,}`)
	rePair   = regexp.MustCompile(`(?i)\b([\w-]*(?:cookie|password|passwd|pwd|token|secret|api[_-]?key|sess(?:ion)?(?:[_-]?id)?|sid)|` +
		`authorization|user(?:[_-]?name)?|login|e?mail)\s*[=:]\s*(?:"[^"]*"|\S+)`)
	reSSID = regexp.MustCompile(`(?i)\b(ssid)[\s=:]+(?:"[^"]*"|'[^']*'|[^\s,;)]+)`)
	// An address inside another one, as sign-in pages carry it, and the host names that providers make of addresses.
	reEncoded = regexp.MustCompile(`(?i)\bhttps?%3a%2f%2f\S*`)
	reDashed  = regexp.MustCompile(`\b\d{1,3}(?:-\d{1,3}){3}\b`)
	reJWT     = regexp.MustCompile(`\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?`)
	reNumber  = regexp.MustCompile(`(?i)\b\d{1,3}(?:\.\d{1,3}){3}\b|(?:[0-9a-f]{0,4}:){2,7}[0-9a-f.]*(?:%[\w.-]+)?`)
)

// text redacts free text: addresses of pages are shortened, and whatever has the shape of a secret is taken out.
func (d *redactor) text(s string) string {
	s = Clean(s, maxText*4)
	s = webAddresses.ReplaceAllStringFunc(s, func(raw string) string {
		if !strings.Contains(raw, "//") {
			return raw // a plain path; what it may hold is taken out below
		}
		return webAddress(raw, d.hostName)
	})
	s = reJWT.ReplaceAllString(s, Hidden)
	s = reEncoded.ReplaceAllString(s, Hidden)
	s = reSSID.ReplaceAllString(s, "$1 "+Hidden)
	s = rePair.ReplaceAllString(s, "$1="+Hidden)
	s = reScheme.ReplaceAllString(s, "$1 "+Hidden)
	s = reQuery.ReplaceAllString(s, "$1")
	s = reMail.ReplaceAllString(s, Hidden)
	s = reHome.ReplaceAllString(s, "${1}"+Hidden)
	return cut(d.scrub(d.addresses(s)), maxText)
}

// addresses takes the addresses of network cards and, unless they are the site's or public ones, of computers out of a text.
func (d *redactor) addresses(s string) string {
	if d.keep {
		return s
	}
	s = reMAC.ReplaceAllString(s, Hidden)
	s = d.numbers(s)
	return reDashed.ReplaceAllStringFunc(s, func(dashed string) string {
		if ip, err := netip.ParseAddr(strings.ReplaceAll(dashed, "-", ".")); err != nil || d.sides.known(ip) {
			return dashed
		}
		return Hidden
	})
}

// numbers takes addresses out of a text unless they are the site's or public ones.
func (d *redactor) numbers(s string) string {
	var b strings.Builder
	end := 0
	for _, m := range reNumber.FindAllStringIndex(s, -1) {
		before, _ := utf8.DecodeLastRuneInString(s[:m[0]])
		if m[0] > 0 && isWord(before) { // "std::string"
			continue
		}
		found := strings.TrimRight(s[m[0]:m[1]], ".")
		ip, err := netip.ParseAddr(found)
		if err != nil { // a full stop or a colon, and a port, may follow
			found = strings.TrimRight(found, ":")
			ip, err = netip.ParseAddr(found)
		}
		if err != nil || d.sides.known(ip.Unmap().WithZone("")) {
			continue
		}
		b.WriteString(s[end:m[0]] + Hidden)
		end = m[0] + len(found)
	}
	return b.String() + s[end:]
}

// scrub takes the collected words out of a text, but leaves the name of the site alone.
func (d *redactor) scrub(s string) string {
	for _, host := range d.sides.target {
		if i := strings.Index(strings.ToLower(s), host); i >= 0 && len(strings.ToLower(s)) == len(s) {
			return d.scrub(s[:i]) + s[i:i+len(host)] + d.scrub(s[i+len(host):])
		}
	}
	for _, w := range d.words {
		s = replaceWord(s, w.pattern, w.short)
	}
	return s
}
