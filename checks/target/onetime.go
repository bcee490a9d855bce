package target

import (
	"net/url"
	"regexp"
	"strings"
)

var (
	// oneTimeWords in a short path segment or as a query key announce an action that happens on opening the link.
	oneTimeWords = regexp.MustCompile(`^(?:reset|resetpassword|confirm|confirmation|verify|verification|validate|activate|activation|unsubscribe|optout|magic|magiclink|invite|invitation|onetime|otp|passwordless)$`)
	tokenKeys    = regexp.MustCompile(`(?:^|[_-])(?:token|otp|ticket|nonce|jwt)$`)
	// secretKeys name many things; only a long value makes them a secret.
	secretKeys = regexp.MustCompile(`(?:^|[_-])(?:code|key|sig|signature|auth|hash|secret|hmac)$`)
	wordBreak  = regexp.MustCompile(`[-_.+ ]+`)
	jwt        = regexp.MustCompile(`^eyJ[\w-]+\.[\w-]+\.[\w-]*$`)
	randomRun  = regexp.MustCompile(`^[A-Za-z0-9_-]{32,}$`)
)

// The bounds of the heuristics: a slug of more words is a headline, and shorter values are numbers and language codes.
const (
	maxActionWords = 3
	minSecret      = 6
)

// looksOneTime reports whether an address looks like a link that works once. It prefers a needless question over a spent
// link, yet leaves ordinary identifiers (UUIDs, hashes in lower case, headlines) alone.
func looksOneTime(u *url.URL) bool {
	for _, segment := range strings.Split(u.Path, "/") {
		words := wordBreak.Split(strings.ToLower(segment), -1)
		if len(words) <= maxActionWords {
			for _, w := range append(words, strings.Join(words, "")) {
				if oneTimeWords.MatchString(w) {
					return true
				}
			}
		}
		if looksSecret(segment) {
			return true
		}
	}
	for key, values := range u.Query() {
		key = strings.ToLower(key)
		for _, v := range values {
			if oneTimeWords.MatchString(key) || tokenKeys.MatchString(key) && v != "" ||
				secretKeys.MatchString(key) && len(v) >= minSecret || looksSecret(v) || oneTimeWords.MatchString(strings.ToLower(v)) {
				return true
			}
		}
	}
	return false
}

// looksSecret reports whether a value is a signed token or long and random: capitals, small letters and digits mixed.
func looksSecret(s string) bool {
	if jwt.MatchString(s) {
		return true
	}
	return randomRun.MatchString(s) && strings.ContainsAny(s, "0123456789") && strings.ToLower(s) != s && strings.ToUpper(s) != s
}
