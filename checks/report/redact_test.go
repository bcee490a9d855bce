package report_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/report/reporttest"
)

func asJSON(t *testing.T, r report.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCanary(t *testing.T) {
	private, never, chosen, always := reporttest.Canary()
	before := asJSON(t, private)
	for _, keep := range []bool{false, true} {
		got := asJSON(t, private.Redact(keep))
		for _, s := range never {
			if strings.Contains(got, s) {
				t.Errorf("keep=%v: %q is still there", keep, s)
			}
		}
		for _, s := range chosen {
			if strings.Contains(got, s) != keep {
				t.Errorf("keep=%v: %q is there: %v", keep, s, !keep)
			}
		}
		for _, s := range always {
			if !strings.Contains(got, s) {
				t.Errorf("keep=%v: the owner needs %q", keep, s)
			}
		}
		if t.Failed() {
			t.Log(got)
		}
	}
	if asJSON(t, private) != before {
		t.Error("redacting changed the private report")
	}
}

func TestRedactTwice(t *testing.T) {
	private, never, chosen, _ := reporttest.Canary()
	once := private.Redact(true)
	got := asJSON(t, once.Redact(false))
	for _, s := range slices.Concat(never, chosen) {
		if strings.Contains(got, s) {
			t.Errorf("%q survived the second redaction", s)
		}
	}
	if r := private.Redact(false).Redact(true); r.NetworkDetails {
		t.Error("details came back")
	}
	a := private.Redact(false)
	if first, second := asJSON(t, a), asJSON(t, a.Redact(false)); first != second {
		t.Errorf("not the same when redacted twice:\n%s\n%s", first, second)
	}
}

// Every free string of the model carries a query, a computer name and a private address. No field may keep them, so a
// field that somebody adds is safe before anybody thinks of it.
func TestNoFieldForgotten(t *testing.T) {
	const poison = "https://a.example/x?q=poisonquery poisonhost 192.168.77.7 poison@mail.example"
	var r report.Report
	fill(reflect.ValueOf(&r).Elem(), poison, 0)
	r.Redacted, r.NetworkDetails = false, false
	for _, t := range []*evidence.Target{&r.Evidence.Target, &r.Previous.Evidence.Target} {
		t.Host, t.DisplayHost = "a.example", "a.example"
	}
	r.Secrets = &report.Secrets{Computers: []string{"poisonhost"}}
	out := r.Redact(false)
	eachText(reflect.ValueOf(out), "", func(path, s string) {
		for _, bad := range []string{"poisonquery", "poisonhost", "192.168.77.7"} {
			if strings.Contains(s, bad) && !codes[path] {
				t.Errorf("%s keeps %q: %s", path, bad, s)
			}
		}
	})
}

// codes are the fields that hold a word, number or date of ours.
var codes = map[string]bool{}

func init() {
	for _, f := range strings.Fields(`Report.Schema Report.ID Tool.Name Tool.Version Previous.ID Verdict.Rule
		Verdict.Why Verdict.Settle Finding.Code Facts.Meaning Facts.How Facts.Date Facts.RequestName Target.Scheme TLS.Version
		TLS.Cipher TLS.Alert Certificate.SHA256 Certificate.IssuerKeyID Response.Proto Response.BodySHA256 RequestID.Header
		Signature.Rule Signature.Who Signature.Cause Signature.Meaning Answer.Type Answer.RCode PortalCheck.Operator
		SiteCheck.Operator NameCheck.Scheme Elsewhere.Service Elsewhere.ID Elsewhere.Unavailable ElseView.Country
		ElseView.Failure System.OS System.Desktop System.Sandbox System.StubResolver System.EncryptedDNS Interface.Kind
		Interface.Name Route.Interface Nameserver.Interface Nameserver.Source Proxy.Source Proxy.Variable VPN.Kind VPN.Name
		VPN.Interface Flush.Method`) {
		codes[f] = true
	}
}

func fill(v reflect.Value, s string, depth int) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(s)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), s, depth+1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), s, depth+1)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("server"), reflect.ValueOf(s))
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), s, depth+1)
		}
	}
}

func eachText(v reflect.Value, path string, see func(path, s string)) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			see(path, v.String())
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			eachText(v.Elem(), path, see)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachText(v.Index(i), path, see)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			eachText(v.MapIndex(k), path+"."+k.String(), see)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				eachText(v.Field(i), v.Type().Name()+"."+v.Type().Field(i).Name, see)
			}
		}
	}
}

func TestWebAddressesInAReport(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"https://shop.example/a/b?x=1#y", "https://shop.example/a/b"},
		{"https://u:p@shop.example:8443/", "https://shop.example:8443/"},
		{"https://shop.example/reset/abc123def", "https://shop.example/reset/…"},
		{"https://shop.example/reset/password", "https://shop.example/reset/password"},
		{"https://shop.example/invite/abcDEF", "https://shop.example/invite/…"},
		{"https://shop.example/d/1a2b3c4d5e", "https://shop.example/d/…"},
		{"https://shop.example/phone-model-mp3player2", "https://shop.example/phone-model-mp3player2"},
		{"https://shop.example/u/550e8400-e29b-41d4-a716-446655440000", "https://shop.example/u/…"},
		{"https://shop.example/k/8e6f4c1b2a9d0f37aa", "https://shop.example/k/…"},
		{"https://shop.example/summer-sale-2026-new-books.html", "https://shop.example/summer-sale-2026-new-books.html"},
		{"https://shop.example/blog/2026/11/22/why-502", "https://shop.example/blog/2026/11/22/why-502"},
		{"https://shop.example/anna@mail.example/list", "https://shop.example/…/list"},
		{"https://shop.example/x;jsessionid=ABC/y", "https://shop.example/x/y"},
		{"https://shop.example/order/4711004711", "https://shop.example/order/…"},
		{"https://shop.example/card/4111-1111-1111-1111", "https://shop.example/card/…"},
		{"https://shop.example/call/+49%20151%201234567", "https://shop.example/call/…"},
		{"https://shop.example/on/2026-11-22", "https://shop.example/on/2026-11-22"},
		{"https://shop.example/denied/198.51.100.77", "https://shop.example/denied/…"},
		{"https://shop.example/denied/198-51-100-77/2001:db8:77:1::99", "https://shop.example/denied/…/…"},
		{"https://shop.example/via/203.0.113.10", "https://shop.example/via/203.0.113.10"},
		{"https://jm-laptop.lan/x", "https://private-address/x"},
		{"https://[2001:db8::1]/x", "https://[2001:db8::1]/x"},
		{"https://xn--bcher-kva.example/b%C3%BCcher", "https://xn--bcher-kva.example/b%C3%BCcher"},
		{"javascript:alert(1)", "javascript:…"},
		{"data:text/html,<script>", "data:…"},
		{"https://shop.example/%zz", "…"},
	} {
		r := reporttest.Site()
		r.Evidence.Target.Host = "shop.example"
		r.Verdict.Facts.Host = "shop.example"
		r.Secrets = &report.Secrets{Computers: []string{"jm-laptop"}}
		r.Evidence.Tries[0].Hops[0].Response.Header["location"] = c.in
		if got := r.Redact(false).Evidence.Tries[0].Hops[0].Response.Header["location"]; got != c.want {
			t.Errorf("%s: %s, want %s", c.in, got, c.want)
		}
	}
}

// The shapes in which pages and systems give visitors away.
func TestSecretsInFreeText(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Hello Jürgen, your IP: 2001:db8:77:1::99", "Hello …, your IP: …"},
		{"JÜRGEN MÜLLER at [2001:DB8:77:1:0:0:0:99]:443", "… at […]:443"},
		{"Jürgensen and the Müllerei are others", "Jürgensen and the Müllerei are others"},
		{`open C:\Users\jmueller\AppData`, `open C:\Users\…\AppData`},
		{"lookup jm-laptop.fritz.box on 192.168.178.1:53: no such host", "lookup … on …:53: no such host"},
		{"ip-198-51-100-77.dsl.example blocked", "ip-….dsl.example blocked"},
		{"203-0-113-10 is the site's", "203-0-113-10 is the site's"},
		{"::ffff:192.168.178.42 and fe80::1%wlan0", "… and …"},
		{"mac 02-42-AC-11-00-02 or 0242.ac11.0002", "mac … or …"},
		{"PHPSESSID=deadbeef00; my-token: abc", "PHPSESSID=… my-token=…"},
		{`SSID "Our Net" joined`, "SSID … joined"},
		{"https%3A%2F%2Fx.example%2F%3Ftoken%3Dabcdef123", "…"},
		{"198.51.100.77:51234->203.0.113.10:443", "…:51234->203.0.113.10:443"},
		{"write to jm@corp.example", "write to …"},
		{"nginx/1.24.0 (Ubuntu), 4 of 5", "nginx/1.24.0 (Ubuntu), 4 of 5"},
	} {
		r := reporttest.Site()
		r.Secrets = &report.Secrets{Computers: []string{"jm-laptop.fritz.box", "jm-laptop"}, Users: []string{"jmueller", "Jürgen Müller"}}
		r.Evidence.Tries[0].Hops[0].Response.Title = c.in
		if got := r.Redact(false).Evidence.Tries[0].Hops[0].Response.Title; got != c.want {
			t.Errorf("%s: %s, want %s", c.in, got, c.want)
		}
	}
}

func TestPublishedPrivateAddressStays(t *testing.T) {
	r := reporttest.Site()
	r.Evidence.Resolvers[2].Answers[0].Addresses = []string{"10.1.2.3"}
	r.Verdict.Facts.Answered = "10.1.2.3"
	out := r.Redact(false)
	if got := out.Verdict.Facts.Answered; got != "10.1.2.3" {
		t.Errorf("a private address that the world can look up was hidden: %q", got)
	}
	if got := out.Evidence.Resolvers[1].Address; got != report.NameServer+"1" && got != report.RouterAddress {
		t.Errorf("the visitor's own name service is shown as %q", got)
	}
}

func TestAProxySignsInPlainHTTPOnly(t *testing.T) {
	const signed = "1.1 proxy7.corp.example (squid)"
	for _, secure := range []bool{false, true} {
		r := reporttest.Site()
		hop := evidence.Hop{URL: "http://shop.example/", Response: &evidence.Response{Status: 502, Header: map[string]string{"via": signed}}}
		if secure {
			hop.TLS = &evidence.TLS{Verified: true}
		}
		r.Evidence.Tries = []evidence.Fetch{{Way: evidence.ViaProxy, Hops: []evidence.Hop{hop}}}
		if got := r.Redact(false).Evidence.Tries[0].Hops[0].Response.Header["via"]; (got == signed) != secure {
			t.Errorf("secure %v: %q", secure, got)
		}
		if got := r.Redact(true).Evidence.Tries[0].Hops[0].Response.Header["via"]; got != signed {
			t.Errorf("with the switch: %q", got)
		}
	}
}

func TestNamesAtProxiesAreSecrets(t *testing.T) {
	t.Setenv("HTTPS_PROXY", "http://anna.proxy:secret99@proxy.corp.example:3128")
	t.Setenv("all_proxy", "otto:secret98@proxy.corp.example:3128")
	t.Setenv("http_proxy", "proxy.corp.example:3128")
	s := report.ThisComputer()
	for _, want := range []string{"anna.proxy", "otto"} {
		if !slices.Contains(s.Users, want) {
			t.Errorf("%q is not among %q", want, s.Users)
		}
	}
	if all := fmt.Sprint(*s); strings.Contains(all, "secret9") {
		t.Errorf("a password is kept: %s", all)
	}
}

func TestRedactEmpty(t *testing.T) {
	out := report.Report{}.Redact(false)
	if !out.Redacted || out.Verdict.Notes == nil {
		t.Errorf("%+v", out)
	}
}
