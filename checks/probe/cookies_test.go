package probe_test

import (
	"net/http"
	"testing"
)

// What a server sets must come back as it came, as browsers send it, whatever the grammar says.
func TestCookiesComeBack(t *testing.T) {
	for set, want := range map[string]string{
		`seen=1; Path=/`:                   `seen=1`,
		`state={"seen":1,"to":"/a"}`:       `state={"seen":1,"to":"/a"}`,
		`words="two words"; HttpOnly`:      `words="two words"`,
		`bare=two words, three`:            `bare=two words, three`,
		"name=\xc3\xbcber":                 "name=\xc3\xbcber",
		`shop[seen]=1;Path=/`:              `shop[seen]=1`,
		`empty=`:                           `empty=`,
		`sum=a=b==`:                        `sum=a=b==`,
		`elsewhere=1; Domain=other.test`:   ``,
		`gone=1; Max-Age=0`:                ``,
		`below=1; Path=/below`:             ``,
		`=nameless`:                        ``,
		`nothing`:                          ``,
		`late=1; Expires=Thu, 01 Jan 1970`: `late=1`, // a date that cannot be read does not count (RFC 6265, 5.2.1)
	} {
		w, p := start(t)
		var got string
		w.Serve(siteAddress+":80", http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/" {
				rw.Header().Set("Set-Cookie", set)
				http.Redirect(rw, r, "/next", http.StatusFound)
				return
			}
			got = r.Header.Get("Cookie")
		}))
		wantStatus(t, fetch(t, p, "http://"+siteName+"/"), 200)
		if got != want {
			t.Errorf("%s comes back as %q, want %q", set, got, want)
		}
	}
}
