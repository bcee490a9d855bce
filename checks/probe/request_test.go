package probe_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"isitme/checks/evidence"
	"isitme/checks/probe"
)

func TestRequestLooksLikeABrowsers(t *testing.T) {
	for _, scheme := range []string{"http", "https"} {
		t.Run(scheme, func(t *testing.T) {
			w, p := start(t)
			var got *http.Request
			handler := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { got = r.Clone(context.Background()) })
			w.Serve(siteAddress+":80", handler)
			w.ServeTLS(siteAddress+":443", w.Authority.Valid(siteName), handler)
			f := fetch(t, p, scheme+"://"+siteName+"/a%20b?q=%zz&r=1")
			wantStatus(t, f, 200)
			agent := got.UserAgent()
			if !strings.HasPrefix(agent, "Mozilla/5.0 (") || !strings.Contains(agent, " Chrome/") || !strings.HasSuffix(agent, " IsItMe/0.0.0-test") {
				t.Errorf("User-Agent %q", agent)
			}
			for name, want := range map[string]string{
				"Cache-Control": "no-cache", "Pragma": "no-cache", "Upgrade-Insecure-Requests": "1",
				"Accept-Language": "en-US,en;q=0.9",
			} {
				if got.Header.Get(name) != want {
					t.Errorf("%s: %q, want %q", name, got.Header.Get(name), want)
				}
			}
			if got.Method != http.MethodGet || got.Host != siteName || got.RequestURI != "/a%20b?q=%zz&r=1" {
				t.Errorf("%s %s at %s", got.Method, got.RequestURI, got.Host)
			}
			wantProto := map[string]string{"http": "HTTP/1.1", "https": "HTTP/2"}[scheme]
			if r := f.Last().Response; r.Proto != wantProto {
				t.Errorf("%s, want %s", r.Proto, wantProto)
			}
		})
	}
}

func TestOverriddenNames(t *testing.T) {
	w, p := start(t)
	var host, sni string
	w.ServeTLS(siteAddress+":443", w.Authority.Valid("other.example"), http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		host, sni = r.Host, r.TLS.ServerName
	}))
	f := get(t, p, probe.Request{
		URL: "https://" + siteName + "/", Address: siteAddress, Host: "other.example", ServerName: "other.example", Accept: "application/problem+json",
	})
	wantStatus(t, f, 200)
	if host != "other.example" || sni != "other.example" || f.Last().TLS.ServerName != "other.example" {
		t.Errorf("Host %q, SNI %q, recorded %q", host, sni, f.Last().TLS.ServerName)
	}
}

func TestPatience(t *testing.T) {
	w, p := start(t)
	late := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(p.Env.Limits.Reply + 300*time.Millisecond):
			rw.WriteHeader(http.StatusGatewayTimeout)
		case <-r.Context().Done():
		}
	})
	w.Serve(siteAddress+":80", late)
	url := "http://" + siteName + "/"
	wantFault(t, fetch(t, p, url), evidence.HTTPRoundTrip, evidence.Timeout)
	wantFault(t, get(t, p, probe.Request{URL: url, Reply: 50 * time.Millisecond}), evidence.HTTPRoundTrip, evidence.Timeout)
	wantStatus(t, get(t, p, probe.Request{URL: url, Reply: -1}), 504)
}
