package probe_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"isitme/checks/evidence"
	"isitme/checks/loopback"
	"isitme/checks/probe"
)

// to redirects to a Location as given, which http.Redirect would tidy up.
func to(location string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if location != "-" {
			w.Header()["Location"] = []string{location}
		}
		w.WriteHeader(http.StatusFound)
	}
}

func TestRedirectsAreFollowed(t *testing.T) {
	cases := []struct{ location, ends string }{
		{"/end", "http://site.example/end"},
		{"end?a=b#fragment", "http://site.example/end?a=b"},
		{"//site.example/end", "http://site.example/end"},
		{"https://secure.example/end", "https://secure.example/end"},
		{"  https://SECURE.example/end  ", "https://secure.example/end"},
		{"https://user:password@secure.example/end", "https://secure.example/end"},
		{"/a b/ü?q=ü&p=%zz", "http://site.example/a%20b/%C3%BC?q=%C3%BC&p=%25zz"},
		{"https://bücher.example/end", "https://xn--bcher-kva.example/end"},
	}
	for _, c := range cases {
		t.Run(c.location, func(t *testing.T) {
			w, p := start(t)
			const secure = "192.0.2.20"
			w.AddHost("secure.example", secure)
			w.AddHost("xn--bcher-kva.example", secure)
			w.ServeTLS(secure+":443", w.Authority.Valid("*.example"), loopback.Page)
			mux := http.NewServeMux()
			mux.Handle("/{$}", to(c.location))
			mux.Handle("/", loopback.Page)
			w.Serve(siteAddress+":80", mux)
			f := fetch(t, p, "http://"+siteName+"/")
			wantStatus(t, f, 200)
			if len(f.Hops) != 2 || f.Last().URL != c.ends {
				t.Errorf("%d hops, the last to %s; want %s", len(f.Hops), f.Last().URL, c.ends)
			}
			if first := f.Hops[0].Response; first.Status != 302 || strings.Contains(first.Header["location"], "password") {
				t.Errorf("%+v", first)
			}
			f = get(t, p, probe.Request{URL: "http://" + siteName + "/", NoRedirects: true})
			if wantStatus(t, f, 302); len(f.Hops) != 1 {
				t.Errorf("%d hops", len(f.Hops))
			}
		})
	}
}

func TestBrokenRedirects(t *testing.T) {
	for _, location := range []string{"-", "", "http://", "https://", "https:///path", "http://[::1", "ftp://site.example/", "javascript:alert(1)", "http://a\x01b/", "https://%2f/", "http://site.example:99999/"} {
		t.Run(location, func(t *testing.T) {
			w, p := start(t)
			w.ServeRaw(siteAddress+":80", loopback.Reply("HTTP/1.1 301 Moved\r\nLocation: "+location+"\r\nContent-Length: 0\r\n\r\n"))
			if location == "-" {
				w.ServeRaw(siteAddress+":80", loopback.Reply("HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n"))
			}
			f := fetch(t, p, "http://"+siteName+"/")
			wantFault(t, f, evidence.HTTPRedirect, evidence.HTTPInvalidRedirect)
			if f.Status() != 301 {
				t.Errorf("status %d", f.Status())
			}
		})
	}
}

func TestSeveralLocations(t *testing.T) {
	for second, failure := range map[string]evidence.Failure{"/a": evidence.None, "/b": evidence.HTTPInvalidRedirect} {
		w, p := start(t)
		mux := http.NewServeMux()
		mux.Handle("/a", page("here"))
		mux.HandleFunc("/", func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header()["Location"] = []string{"/a", second}
			rw.WriteHeader(http.StatusFound)
		})
		w.Serve(siteAddress+":80", mux)
		f := fetch(t, p, "http://"+siteName+"/")
		if failure == evidence.None {
			wantStatus(t, f, 200)
		} else {
			wantFault(t, f, evidence.HTTPRedirect, failure)
		}
	}
}

func TestRedirectLoops(t *testing.T) {
	count := func(n *int, h http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { *n++; h(w, r) }
	}
	t.Run("to itself", func(t *testing.T) {
		w, p := start(t)
		n := 0
		w.Serve(siteAddress+":80", count(&n, to("/")))
		f := fetch(t, p, "http://"+siteName+"/")
		wantFault(t, f, evidence.HTTPRedirect, evidence.HTTPTooManyRedirects)
		if n != 2 || len(f.Hops) != 2 {
			t.Errorf("%d requests, %d hops", n, len(f.Hops))
		}
	})
	t.Run("round in a circle", func(t *testing.T) {
		w, p := start(t)
		mux := http.NewServeMux()
		mux.Handle("/", to("/b"))
		mux.Handle("/b", to("/"))
		w.Serve(siteAddress+":80", mux)
		f := fetch(t, p, "http://"+siteName+"/")
		wantFault(t, f, evidence.HTTPRedirect, evidence.HTTPTooManyRedirects)
		if len(f.Hops) != 4 {
			t.Errorf("%d hops", len(f.Hops))
		}
	})
	t.Run("once, by a gateway that remembers the visitor", func(t *testing.T) {
		w, p := start(t)
		n := 0
		w.Serve(siteAddress+":80", count(&n, func(rw http.ResponseWriter, r *http.Request) {
			if n == 1 {
				to("/")(rw, r)
			}
		}))
		wantStatus(t, fetch(t, p, "http://"+siteName+"/"), 200)
	})
	t.Run("ever on", func(t *testing.T) {
		w, p := start(t)
		n := 0
		w.Serve(siteAddress+":80", count(&n, func(w http.ResponseWriter, _ *http.Request) { to(fmt.Sprintf("/%d", n))(w, nil) }))
		f := fetch(t, p, "http://"+siteName+"/")
		wantFault(t, f, evidence.HTTPRedirect, evidence.HTTPTooManyRedirects)
		if len(f.Hops) != 1+p.Env.Limits.Hops {
			t.Errorf("%d hops", len(f.Hops))
		}
	})
	t.Run("until a cookie is there", func(t *testing.T) {
		w, p := start(t)
		w.Serve(siteAddress+":80", http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if _, err := r.Cookie("seen"); err != nil {
				http.SetCookie(rw, &http.Cookie{Name: "seen", Value: "1"})
				to("/")(rw, r)
			}
		}))
		f := fetch(t, p, "http://"+siteName+"/")
		wantStatus(t, f, 200)
		if len(f.Hops) != 2 {
			t.Errorf("%d hops", len(f.Hops))
		}
	})
}

func TestRedirectsToPrivateAddresses(t *testing.T) {
	for _, location := range []string{"http://127.0.0.1/", "http://10.0.0.1:8080/", "http://[::1]/", "http://localhost/", "http://169.254.1.1/", "http://inside.example/"} {
		t.Run(location, func(t *testing.T) {
			w, p := start(t)
			w.AddHost("inside.example", "10.0.0.9")
			inside := &loopback.Counter{Handler: loopback.Page}
			for _, a := range []string{"127.0.0.1:80", "10.0.0.1:8080", "[::1]:80", "169.254.1.1:80", "10.0.0.9:80"} {
				w.Serve(a, inside)
			}
			w.AddHost("localhost", "127.0.0.1")
			w.Serve(siteAddress+":80", to(location))
			f := fetch(t, p, "http://"+siteName+"/")
			wantFault(t, f, evidence.HTTPRedirect, evidence.HTTPPrivateRedirect)
			if inside.Count() != 0 {
				t.Error("it was followed")
			}
			wantStatus(t, get(t, p, probe.Request{URL: "http://" + siteName + "/", Private: true}), 200)
		})
	}
	t.Run("from a private page", func(t *testing.T) {
		w, p := start(t)
		w.AddHost(siteName, "10.0.0.8")
		w.AddHost("inside.example", "10.0.0.9")
		w.Serve("10.0.0.8:80", to("http://inside.example/"))
		w.Serve("10.0.0.9:80", loopback.Page)
		wantStatus(t, fetch(t, p, "http://"+siteName+"/"), 200)
	})
}

func TestRedirectHopsFail(t *testing.T) {
	w, p := start(t)
	w.AddHost("next.example", "192.0.2.30")
	w.Serve(siteAddress+":80", to("https://next.example/"))
	w.Refuse("192.0.2.30:443")
	f := fetch(t, p, "http://"+siteName+"/")
	wantFault(t, f, evidence.Connect, evidence.ConnectionRefused)
	if len(f.Hops) != 2 || f.Hops[0].Fault != nil || f.Last().Host != "next.example" {
		t.Errorf("%+v", f.Hops)
	}
}

func TestOnlyTheSitesOwnHopsAreCharged(t *testing.T) {
	w, p := start(t)
	w.AddHost("next.example", "192.0.2.30")
	mux := http.NewServeMux()
	mux.Handle("/{$}", to("/a"))
	mux.Handle("/a", to("http://next.example/"))
	w.Serve(siteAddress+":80", mux)
	w.Serve("192.0.2.30:80", loopback.Page)
	wantStatus(t, get(t, p, probe.Request{URL: "http://" + siteName + "/", Counted: true}), 200)
	if requests, connections := p.Budget.Counts(); requests != 2 || connections != 2 {
		t.Errorf("%d requests, %d connections", requests, connections)
	}
}

func TestARedirectsBodyIsNotWaitedFor(t *testing.T) {
	w, p := start(t)
	w.AddHost("next.example", "192.0.2.30")
	w.ServeRaw(siteAddress+":80", then("HTTP/1.1 302 Found\r\nLocation: http://next.example/\r\nContent-Length: 900\r\n\r\n", loopback.Hold))
	w.Serve("192.0.2.30:80", loopback.Page)
	f := fetch(t, p, "http://"+siteName+"/")
	wantStatus(t, f, 200)
	if f.Hops[0].Timings.BodyMS != 0 {
		t.Errorf("waited %v ms", f.Hops[0].Timings.BodyMS)
	}
}
