package contact

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/miekg/dns"

	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/leaktest"
	"isitme/checks/loopback"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

const site, registryHost = "www.shop.example", "rdap.registry.example"

func target() evidence.Target {
	return evidence.Target{URL: "https://" + site + "/", Scheme: "https", Host: site, DisplayHost: site, Port: 443}
}

// world is an internet with a site, IANA and a registry.
func world(t *testing.T, pages map[string]string, record string) *environment.Environment {
	t.Helper()
	w := loopback.Start(t)
	w.AddHost(site, "192.0.2.200")
	w.AddHost("shop.example", "192.0.2.200")
	w.ServeTLS("192.0.2.200:443", w.Authority.Valid(site, "shop.example"), http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.Path]
		switch {
		case !ok:
			http.NotFound(rw, r)
		case body == "down":
			rw.WriteHeader(http.StatusBadGateway)
		case body[0] == '>':
			http.Redirect(rw, r, body[1:], http.StatusFound)
		case body[0] == '<':
			rw.Header().Set("Content-Type", "text/html")
			fmt.Fprint(rw, body)
		default:
			rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
			fmt.Fprint(rw, body)
		}
	}))
	w.AddHost("data.iana.org", "192.0.2.201")
	w.ServeTLS("192.0.2.201:443", w.Authority.Valid("data.iana.org"), http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(rw, `{"version":"1.0","services":[[["com"],["https://other.example/"]],[["example"],["http://insecure.example/","https://%s/v1"]]]}`, registryHost)
	}))
	w.AddHost(registryHost, "192.0.2.202")
	w.ServeTLS("192.0.2.202:443", w.Authority.Valid(registryHost), http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if record == "" || r.URL.Path != "/v1/domain/shop.example" {
			http.NotFound(rw, r)
			return
		}
		rw.Header().Set("Content-Type", "application/rdap+json")
		fmt.Fprint(rw, record)
	}))
	for _, s := range w.Resolvers {
		s.Set("shop.example", func(a loopback.Asked) *dns.Msg {
			m := new(dns.Msg).SetReply(a.Question)
			rr, err := dns.NewRR(`shop.example. 60 IN SOA ns1.shop.example. post\.master.shop.example. 1 2 3 4 5`)
			if err != nil {
				panic(err)
			}
			m.Answer = []dns.RR{rr}
			return m
		})
	}
	return w.Environment()
}

const record = `{"objectClassName":"domain","entities":[
 {"roles":["registrant"],"vcardArray":["vcard",[["version",{},"text","4.0"],["fn",{},"text","Harbour Shop Ltd"],["email",{},"text","owner@shop.example"],["email",{},"text","REDACTED FOR PRIVACY"]]]},
 {"roles":["registrar"],"vcardArray":["vcard",[["fn",{},"text","Names Inc"],["email",{},"text","sales@names.example"]]],
  "entities":[{"roles":["abuse"],"vcardArray":["vcard",[["fn",{},"text","Desk"],["email",{},"text","abuse@names.example"]]]}]}]}`

// In a company there is a proxy, in its own network, and no other way out.
func TestThroughProxy(t *testing.T) {
	w := loopback.Start(t)
	w.AddHost(site, "192.0.2.200")
	w.ServeTLS("192.0.2.200:443", w.Authority.Valid(site), http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "text/plain")
		fmt.Fprint(rw, "Contact: mailto:security@shop.example\nExpires: 2199-01-01T00:00:00Z\n")
	}))
	proxy := w.AddProxy("10.0.0.3:3128")
	w.Proxy = &url.URL{Scheme: "http", Host: "10.0.0.3:3128"}
	got := Find(t.Context(), w.Environment(), target(), "")
	if len(got.Contacts) != 1 || got.Contacts[0].Mail != "security@shop.example" {
		t.Errorf("%+v", got)
	}
	if !slices.Contains(proxy.Asked(), "CONNECT "+site+":443") {
		t.Errorf("the proxy was asked %q", proxy.Asked())
	}
}

func TestEverythingFound(t *testing.T) {
	env := world(t, map[string]string{
		"/.well-known/security.txt": "# hello\nContact: mailto:security@shop.example?subject=x\nContact: tel:+1-201-555-0123\nContact: https://shop.example/report\nExpires: 2199-01-01T00:00:00Z\n",
		"/contact":                  ">/contact/us", "/contact/us": "<html>write to us",
	}, record)
	got := Find(t.Context(), env, target(), "Cloudflare")
	want := Result{Contacts: []Contact{
		{Source: SecurityTxt, Mail: "security@shop.example"},
		{Source: SecurityTxt, URL: "https://shop.example/report"},
		{Source: ContactPage, URL: "https://" + site + "/contact/us"},
		{Source: RDAP, Mail: "owner@shop.example", Name: "Harbour Shop Ltd"},
		{Source: SOA, Mail: "post.master@shop.example"},
		{Source: Registrar, Mail: "abuse@names.example", Name: "Names Inc"},
		{Source: StatusPage, URL: "https://www.cloudflarestatus.com/", Name: "Cloudflare"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNothingFound(t *testing.T) {
	env := world(t, map[string]string{"/contact": ">/", "/kontakt": ">/", "/impressum": ">/", "/": "<html>front"}, "")
	env.Resolvers = nil
	got := Find(t.Context(), env, target(), "nobody")
	if diff := cmp.Diff(Result{Unanswered: []Source{SOA}}, got); diff != "" {
		t.Error(diff)
	}
}

func TestDeadSiteAndRegistry(t *testing.T) {
	env := world(t, map[string]string{"/contact": "down", "/.well-known/security.txt": "down"}, "not json")
	got := Find(t.Context(), env, target(), "")
	want := Result{
		Contacts:   []Contact{{Source: SOA, Mail: "post.master@shop.example"}},
		Unanswered: []Source{SecurityTxt, ContactPage, RDAP, Registrar},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOrigin(t *testing.T) {
	for _, c := range []struct {
		host string
		port int
		want string
	}{
		{"shop.example", 443, "https://shop.example"},
		{"shop.example", 8443, "https://shop.example:8443"},
		{"2001:db8::10", 443, "https://[2001:db8::10]"},
		{"2001:db8::10", 8443, "https://[2001:db8::10]:8443"},
	} {
		f := finder{target: evidence.Target{Scheme: "https", Host: c.host, Port: c.port}}
		if got := f.origin(c.host); got != c.want {
			t.Errorf("%s, port %d: %s, want %s", c.host, c.port, got, c.want)
		}
	}
	f := finder{target: evidence.Target{Scheme: "https", Host: "www.shop.example", Port: 8443}}
	if got := f.origin("shop.example"); got != "https://shop.example" {
		t.Errorf("the domain's own origin is %s", got)
	}
}

// TestACutSOA: a name service that cuts every reply over UDP, as some do when they are asked much, is asked over TCP.
func TestACutSOA(t *testing.T) {
	w := loopback.Start(t)
	for _, s := range w.Resolvers {
		s.Set("shop.example", func(a loopback.Asked) *dns.Msg {
			m := new(dns.Msg).SetReply(a.Question)
			if a.Over == evidence.OverUDP {
				m.Truncated = true
				return m
			}
			m.Answer = []dns.RR{&dns.SOA{
				Hdr:  dns.RR_Header{Name: "shop.example.", Rrtype: dns.TypeSOA, Class: dns.ClassINET, Ttl: 60},
				Ns:   "ns1.shop.example.",
				Mbox: "post.shop.example.",
			}}
			return m
		})
	}
	f := finder{env: w.Environment(), domain: "shop.example"}
	got, silent := f.soa(t.Context())
	if diff := cmp.Diff([]Contact{{Source: SOA, Mail: "post@shop.example"}}, got); diff != "" || silent != nil {
		t.Error(diff, silent)
	}
}

func TestPrivateNamesAreNotAskedAbout(t *testing.T) {
	env := &environment.Environment{} // any question would panic
	if got := Find(t.Context(), env, evidence.Target{Host: "router.lan", Private: true}, "Cloudflare"); !got.Private || got.Contacts != nil {
		t.Errorf("%+v", got)
	}
}

func TestRedirectsStaySafe(t *testing.T) {
	env := world(t, map[string]string{
		"/contact": ">http://shop.example/contact", "/.well-known/security.txt": ">https://inside.example/x",
	}, "")
	lookup := env.LookupHost
	env.LookupHost = func(ctx context.Context, host string) evidence.Answer {
		if host == "inside.example" {
			return evidence.Answer{Addresses: []string{"10.0.0.1", "127.0.0.1"}}
		}
		return lookup(ctx, host)
	}
	dial := env.Dial
	env.Dial = func(ctx context.Context, network, address string, opt environment.DialOptions) (net.Conn, error) {
		if strings.HasPrefix(address, "10.") || strings.HasPrefix(address, "127.") {
			t.Errorf("dialled %s", address)
		}
		return dial(ctx, network, address, opt)
	}
	got := Find(t.Context(), env, target(), "")
	for _, c := range got.Contacts {
		if c.Source != SOA {
			t.Errorf("%+v", c)
		}
	}
}

func TestSecurityTxt(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	signed := "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\nContact: mailto:no@shop.example\n\nContact: mailto:a@shop.example\n- Contact: b@shop.example\n" +
		"Expires: 2026-01-01T00:00:00Z\n-----BEGIN PGP SIGNATURE-----\n\nContact: mailto:c@shop.example\n-----END PGP SIGNATURE-----\n"
	for _, c := range []struct {
		name, text string
		want       []Contact
	}{
		{"empty", "", nil},
		{"signed and expired", signed, []Contact{
			{Source: SecurityTxt, Mail: "a@shop.example", Expired: true}, {Source: SecurityTxt, Mail: "b@shop.example", Expired: true},
		}},
		{"escaped", "Contact: mailto:a%2Bb@shop.example", []Contact{{Source: SecurityTxt, Mail: "a+b@shop.example"}}},
		{"two recipients", "Contact: mailto:a@shop.example,b@shop.example", nil},
		{"header injected", "Contact: mailto:a@shop.example%0D%0ABcc:x@shop.example", nil},
		{"script", "Contact: javascript:alert(1)\nContact: http://shop.example/", nil},
		{"hidden signs", "Contact: https://shop.example/\u202emoc.live", nil},
		{"bad date", "Contact: a@shop.example\nExpires: soon", []Contact{{Source: SecurityTxt, Mail: "a@shop.example", Expired: true}}},
		{"a web page", "<!doctype html><p>Contact: me", nil},
	} {
		if diff := cmp.Diff(c.want, parseSecurityTxt([]byte(c.text), now)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestRName(t *testing.T) {
	for in, want := range map[string]string{
		"hostmaster.example.com.":     "hostmaster@example.com",
		`john\.doe.example.com.`:      "john.doe@example.com",
		`a\046b.example.com.`:         "a.b@example.com",
		"nodots":                      "",
		`trailing\`:                   "",
		`x\999.example.com.`:          "",
		"dns-admin.sub.example.co.uk": "dns-admin@sub.example.co.uk",
	} {
		if got := decodeRName(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func FuzzReplies(f *testing.F) {
	f.Add([]byte(record))
	f.Add([]byte("Contact: mailto:a@b.example"))
	f.Add([]byte(`["vcard",[["email",1,2,3],["fn"]]]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		all := append(parseSecurityTxt(data, time.Now()), entityOf(data).contacts(0, "")...)
		for _, m := range readCard(data).mails {
			all = append(all, Contact{Mail: m})
		}
		all = append(all, Contact{Mail: "a@b.example"})
		for _, c := range all {
			if (c.Mail == "") == (c.URL == "") {
				t.Errorf("%+v", c)
			}
		}
		decodeRName(string(data))
	})
}

func entityOf(data []byte) entity {
	var e entity
	if json.Unmarshal(data, &e) != nil {
		return entity{}
	}
	return e
}
