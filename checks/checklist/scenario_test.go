package checklist_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"isitme/checks/checklist"
	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/leaktest"
	"isitme/checks/loopback"
	"isitme/checks/report"
	"isitme/checks/report/schema/schematest"
	"isitme/checks/verdict"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

// Where things are in the scenarios' internet.
const (
	site    = "shop.example"
	address = "198.51.100.80"
	second  = "198.51.100.81"
	six     = "2001:db8:80::80"
	foreign = "198.18.7.7" // far from the site's network
	other   = "next.example"
	otherAt = "198.51.77.90"
	proxyAt = "192.168.1.2:3128"
)

// world is a healthy small internet with one healthy site in it, of which a scenario breaks one thing.
type world struct{ *loopback.World }

// scenario is one fault and the answer it must have: "who/cause/certainty".
type scenario struct {
	name    string
	address string // "" is https://shop.example/page
	options checklist.Options
	breaks  func(w world)
	// environment changes what the engine touches, where a server cannot: interfaces and packet sizes.
	environment func(*environment.Environment)
	// learns is what the visitor adds after the run: a second opinion.
	learns func(*evidence.Evidence)
	want   string
}

func (s scenario) url() string {
	if s.address == "" {
		return "https://" + site + "/page"
	}
	return s.address
}

// run runs one scenario and returns what the checklist made of it.
func (s scenario) run(t *testing.T) checklist.Result {
	t.Helper()
	res := s.runWith(t, context.Background(), s.options, nil)
	if s.learns != nil {
		s.learns(&res.Evidence)
		res.Verdict = verdict.Judge(&res.Evidence)
	}
	return res
}

func TestScenarios(t *testing.T) {
	seen := map[string]bool{}
	var mu sync.Mutex
	all := map[string]evidence.Evidence{}
	t.Cleanup(func() { everyRuleMatters(t, all); lessNeverTurnsTheBlame(t, all) }) // after the parallel scenarios
	for _, s := range scenarios {
		if seen[s.name] {
			t.Fatalf("scenario %q stands twice", s.name)
		}
		seen[s.name] = true
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			res := s.run(t)
			v := res.Verdict
			mu.Lock()
			all[s.name] = res.Evidence
			mu.Unlock()
			if got := fmt.Sprintf("%s/%s/%s", v.Who, v.Cause, v.Certainty); got != s.want {
				t.Errorf("got %s by rule %s, want %s\n%s", got, v.Rule, s.want, kept(t, s.name, res))
			}
			if res.Evidence.Requests > 12 || res.Evidence.Connections > 24 {
				t.Errorf("%d requests and %d connections to the site; 12 and 24 are the limit", res.Evidence.Requests, res.Evidence.Connections)
			}
			if err := fitsSchema(res); err != nil {
				t.Errorf("the report does not fit its schema: %v", err)
			}
			if len(res.Steps) != len(evidence.Steps()) {
				t.Errorf("%d rows, want %d", len(res.Steps), len(evidence.Steps()))
			}
		})
	}
}

// fitsSchema validates the JSON of a run's report.
func fitsSchema(res checklist.Result) error {
	var out bytes.Buffer
	if err := report.Write(&out, report.New(report.NewID(), report.ToolOf("1.0.0", res), res).Redact(false)); err != nil {
		return err
	}
	return schematest.Validate(out.Bytes())
}

// everyRuleMatters removes each rule in turn: some scenario must then be judged otherwise.
func everyRuleMatters(t *testing.T, all map[string]evidence.Evidence) {
	if len(all) < len(scenarios) || t.Failed() {
		return // a part of the scenarios proves nothing about the rules
	}
	for i, rule := range verdict.Rules() {
		rest := slices.Delete(verdict.Rules(), i, i+1)
		missed := false
		for _, ev := range all {
			with, without := verdict.Judge(&ev), verdict.JudgeBy(&ev, rest)
			missed = missed || with.Who != without.Who || with.Cause != without.Cause || with.Certainty != without.Certainty || with.Why != without.Why
		}
		if !missed {
			t.Errorf("no scenario needs rule %s", rule.ID)
		}
	}
}

// kept writes the evidence of a failing scenario where ISITME_EVIDENCE says, for a look by hand.
func kept(t *testing.T, name string, res checklist.Result) string {
	dir := os.Getenv("ISITME_EVIDENCE")
	if dir == "" {
		return "set ISITME_EVIDENCE to a folder to keep the evidence"
	}
	data, err := json.MarshalIndent(res, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, name+".json")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// page serves the site over https with a valid certificate, and over http.
func (w world) page(h http.Handler) {
	w.ServeTLS(address+":443", w.Authority.Valid(site, "www."+site, address), h)
	w.Serve(address+":80", h)
}

// at serves a name at an address of its own, over both.
func (w world) at(name, address string, h http.Handler) {
	w.AddHost(name, address)
	w.ServeTLS(address+":443", w.Authority.Valid(name), h)
	w.Serve(address+":80", h)
}

// cert serves the site with another certificate.
func (w world) cert(c tls.Certificate) { w.ServeTLS(address+":443", c, loopback.Page) }

// raw serves the site's TLS port by hand.
func (w world) raw(handle func(net.Conn)) { w.ServeRaw(address+":443", handle) }

// afterTLS completes a handshake with a valid certificate and then lets handle misbehave.
func (w world) afterTLS(handle func(net.Conn)) {
	config := &tls.Config{Certificates: []tls.Certificate{w.Authority.Valid(site)}, NextProtos: []string{"http/1.1"}}
	w.raw(func(c net.Conn) {
		s := tls.Server(c, config)
		if s.Handshake() == nil {
			handle(s)
		}
	})
}

// replying sends raw bytes after the handshake and the request's head.
func (w world) replying(raw string) { w.afterTLS(loopback.Reply(raw)) }

// home makes this computer's lookup and its name server answer one name so.
func (w world) home(b loopback.Behaviour) {
	w.OS.Set(site, b)
	w.Router.Set(site, b)
}

// everybody makes every name service answer one name so.
func (w world) everybody(name string, b loopback.Behaviour) {
	w.OS.Set(name, b)
	w.Router.Set(name, b)
	for _, s := range w.Resolvers {
		s.Set(name, b)
	}
}

// nobodyElse cuts the public name services off, over every transport.
func (w world) nobodyElse() {
	for a := range w.Resolvers {
		w.SilenceNameServer(a)
		w.Silence(a + ":443")
	}
}

// dark silences everything beyond the router.
func (w world) dark() {
	w.nobodyElse()
	w.EachSite(func(_, a string) { w.Silence(a + ":443"); w.Silence(a + ":80") })
	for i := range w.Environment().Portals {
		w.Silence(loopback.PortalAddress(i) + ":80")
	}
	w.Silence(address + ":443")
	w.Silence(address + ":80")
}

// nameReader stands before a TLS server at an address and does something to connections that name a host.
func (w world) nameReader(at, name string, to func(net.Conn), certificate tls.Certificate) {
	config := &tls.Config{Certificates: []tls.Certificate{certificate}}
	w.ServeRaw(at, func(c net.Conn) {
		first := make([]byte, 16<<10)
		n, err := c.Read(first)
		if err != nil {
			return
		}
		if bytes.Contains(first[:n], []byte(name)) {
			to(c)
			return
		}
		s := tls.Server(replayed{c, io.MultiReader(bytes.NewReader(first[:n]), c)}, config)
		if s.Handshake() == nil {
			loopback.Reply("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")(s)
		}
	})
}

type replayed struct {
	net.Conn
	from io.Reader
}

func (r replayed) Read(p []byte) (int, error) { return r.from.Read(p) }

// plainReader does the same over plain HTTP.
func (w world) plainReader(at, name string, to func(net.Conn)) {
	w.ServeRaw(at, func(c net.Conn) {
		head := loopback.ReadHead(c)
		if bytes.Contains([]byte(head), []byte(name)) {
			to(c)
			return
		}
		io.WriteString(c, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
	})
}

func header(code int, pairs ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(pairs); i += 2 {
			w.Header().Set(pairs[i], pairs[i+1])
		}
		w.WriteHeader(code)
	})
}

// turns answers with each handler in turn and then with the last.
func turns(all ...http.Handler) http.Handler {
	n := make(chan int, 1)
	n <- 0
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i := <-n
		n <- i + 1
		all[min(i, len(all)-1)].ServeHTTP(w, r)
	})
}

func after(d time.Duration, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(d):
			h.ServeHTTP(w, r)
		case <-r.Context().Done():
		}
	})
}

const blockPage = `<!doctype html><title>Web Page Blocked</title><h1>Web Page Blocked!</h1>
<p>Access to the requested URL was blocked. FortiGuard <img src="//globalurl.fortinet.net/x">`

const signIn = `<!doctype html><title>Welcome</title><form action=/login><input name=room></form>`
