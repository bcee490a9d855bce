package elsewhere

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"isitme/checks/elsewhere/standin"
	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/leaktest"
	"isitme/checks/target"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

// serve starts handler as the service and returns a client that finds it by name.
func serve(t *testing.T, handler http.Handler) *Client {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return &Client{
		Env: &environment.Environment{
			Roots: roots, Version: "1.2.3", Limits: environment.DefaultLimits(),
			LookupHost: func(_ context.Context, host string) evidence.Answer {
				if host != "api.example.com" {
					t.Errorf("looked up %s", host)
				}
				return evidence.Answer{Addresses: []string{"127.0.0.1"}}
			},
			System: func(context.Context, evidence.Target, []string) (evidence.System, *url.URL) {
				return evidence.System{}, nil
			},
			Dial: func(ctx context.Context, network, address string, _ environment.DialOptions) (net.Conn, error) {
				var d net.Dialer
				return d.DialContext(ctx, network, address)
			},
		},
		Endpoint: "https://api.example.com:" + port + "/v1",
	}
}

// perform runs one opinion against a stand-in and holds the client against the documented rules.
func perform(t *testing.T, script standin.Script, of, country string) (evidence.Elsewhere, *standin.Service) {
	t.Helper()
	service := standin.New(script)
	opinion := serve(t, service).Ask(t.Context(), parse(t, of), country)
	if c := service.Complaints(); c != nil {
		t.Errorf("against the rules of the service: %q", c)
	}
	return opinion, service
}

func parse(t *testing.T, s string) evidence.Target {
	t.Helper()
	parsed, err := target.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestOpensEverywhere(t *testing.T) {
	t.Parallel()
	service := standin.New(standin.Script{InProgress: 2})
	client := serve(t, service)
	var progress [][2]int
	client.Progress = func(done, all int) { progress = append(progress, [2]int{done, all}) }
	opinion := client.Ask(t.Context(), parse(t, "https://shop.example/"), "DE")
	if c := service.Complaints(); c != nil {
		t.Errorf("against the rules of the service: %q", c)
	}
	if opinion.Service != "Globalping" || opinion.Target != "https://shop.example" || opinion.ID == "" || opinion.Unavailable != "" {
		t.Errorf("%+v", opinion)
	}
	var countries []string
	for _, v := range opinion.Views {
		countries = append(countries, v.Country)
		if !v.Up || v.Down || v.Status != 200 || v.Address != "198.51.100.7" || v.MS != 182.5 || v.City == "" || v.Network == "" || v.ASN == 0 {
			t.Errorf("%+v", v)
		}
		if v.HomeLine != slices.Contains([]string{"DE", "AU", "JP"}, v.Country) {
			t.Errorf("%s on a home line: %v", v.Country, v.HomeLine)
		}
	}
	if want := []string{"DE", "DE", "US", "JP", "AU"}; !slices.Equal(countries, want) {
		t.Errorf("asked in %v, want %v", countries, want)
	}
	// The reply to the second question is 304: nothing new.
	if want := [][2]int{{1, 5}, {5, 5}}; !slices.Equal(progress, want) {
		t.Errorf("progress %v, want %v", progress, want)
	}
	if n := len(service.Sent()); n != 4 {
		t.Errorf("%d requests, want 4", n)
	}
}

func TestVotes(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		seen standin.Result
		want evidence.ElseView
	}{
		"opens":            {standin.Result{}, evidence.ElseView{Status: 200, Up: true}},
		"redirects":        {standin.Result{Status: 302}, evidence.ElseView{Status: 302, Up: true}},
		"not there":        {standin.Result{Status: 404}, evidence.ElseView{Status: 404, Up: true}},
		"sign-in":          {standin.Result{Status: 401}, evidence.ElseView{Status: 401, Up: true}},
		"broken":           {standin.Result{Status: 502}, evidence.ElseView{Status: 502, Down: true}},
		"overloaded":       {standin.Result{Status: 503, Body: "<h1>Busy</h1>"}, evidence.ElseView{Status: 503, Down: true}},
		"forbidden":        {standin.Result{Status: 403}, evidence.ElseView{Status: 403, Up: true, RefusesRobots: true}},
		"no such method":   {standin.Result{Status: 405}, evidence.ElseView{Status: 405, Up: true, RefusesRobots: true}},
		"too many":         {standin.Result{Status: 429}, evidence.ElseView{Status: 429, Up: true, RefusesRobots: true}},
		"challenge header": {standin.Result{Status: 503, Header: map[string]any{"cf-mitigated": "challenge"}}, evidence.ElseView{Status: 503, Up: true, RefusesRobots: true}},
		"challenge page": {
			standin.Result{Body: "<html><title>Making sure you&#39;re not a bot!</title></html>", Header: map[string]any{"set-cookie": []string{"a=1", "b=2"}}},
			evidence.ElseView{Status: 200, Up: true, RefusesRobots: true},
		},
		"expired":          {standin.Result{TLSError: "CERT_HAS_EXPIRED"}, evidence.ElseView{Status: 200, Down: true, TLSProblem: "CERT_HAS_EXPIRED"}},
		"plain http":       {standin.Result{PlainHTTP: true}, evidence.ElseView{Status: 200, Up: true}},
		"refused there":    {standin.Result{Failed: true, Source: "target"}, evidence.ElseView{Failure: "target", Down: true}},
		"no name there":    {standin.Result{Failed: true, Source: "resolver"}, evidence.ElseView{Failure: "resolver"}},
		"probe's own":      {standin.Result{Failed: true, Source: "internal"}, evidence.ElseView{Failure: "internal"}},
		"unknown source":   {standin.Result{Failed: true, Source: "moon"}, evidence.ElseView{Failure: "internal"}},
		"probe went away":  {standin.Result{Offline: true}, evidence.ElseView{Failure: "offline"}},
		"impossible reply": {standin.Result{Status: 7}, evidence.ElseView{Failure: "internal"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			script := standin.Script{Probe: func(standin.Place, standin.Request) standin.Result { return tc.seen }}
			opinion, _ := perform(t, script, "https://shop.example/", "")
			if len(opinion.Views) != 5 || opinion.Unavailable != "" {
				t.Fatalf("%+v", opinion)
			}
			got := opinion.Views[0]
			got.Country, got.City, got.Network, got.ASN, got.Address, got.MS, got.HomeLine = "", "", "", 0, "", 0, false
			if got != tc.want {
				t.Errorf("got %+v, want %+v", got, tc.want)
			}
		})
	}
}

func TestMixed(t *testing.T) {
	t.Parallel()
	opinion, _ := perform(t, standin.Script{Probe: func(p standin.Place, _ standin.Request) standin.Result {
		return standin.Result{Failed: p.Continent == "EU", Source: "target", Offline: p.Continent == "AS"}
	}}, "http://shop.example/", "")
	var up, down, none []string
	for _, v := range opinion.Views {
		switch {
		case v.Up:
			up = append(up, v.Country)
		case v.Down:
			down = append(down, v.Country)
		default:
			none = append(none, v.Country)
		}
	}
	if !slices.Equal(up, []string{"US", "AU", "BR"}) || !slices.Equal(down, []string{"DE"}) || !slices.Equal(none, []string{"JP"}) {
		t.Errorf("up %v, down %v, no vote %v", up, down, none)
	}
}

func TestUnavailable(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		script standin.Script
		why    string
		retry  int
	}{
		"400":     {standin.Script{Status: 400}, "refused", 0},
		"422":     {standin.Script{Status: 422}, "refused", 0},
		"429":     {standin.Script{Status: 429, ResetS: 1800}, "quota", 1800},
		"500":     {standin.Script{Status: 500}, "unreachable", 0},
		"garbage": {standin.Script{Garbage: true}, "malformed", 0},
		"gone":    {standin.Script{Gone: true}, "refused", 0},
		"limited": {standin.Script{Limited: true, ResetS: 7}, "quota", 7},
		"nobody":  {standin.Script{Places: []standin.Place{}}, "refused", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, _ := perform(t, tc.script, "https://shop.example/", "")
			if got.Unavailable != tc.why || got.RetryInS != tc.retry || got.Views != nil {
				t.Errorf("%+v, want %s, again in %d s", got, tc.why, tc.retry)
			}
		})
	}
}

func TestSlowService(t *testing.T) {
	t.Parallel()
	client := serve(t, standin.New(standin.Script{Delay: time.Minute}))
	client.patience = 300 * time.Millisecond
	if got := client.Ask(t.Context(), parse(t, "https://shop.example/"), ""); got.Unavailable != "timeout" || got.Views != nil {
		t.Errorf("%+v", got)
	}
}

// TestWhatIsInCounts: a measurement that never ends still leaves the answers that came in.
func TestWhatIsInCounts(t *testing.T) {
	t.Parallel()
	client := serve(t, standin.New(standin.Script{Never: true}))
	client.patience = 8 * time.Second // in which the first look comes on any computer
	got := client.Ask(t.Context(), parse(t, "https://shop.example/"), "")
	if got.Unavailable != "" || len(got.Views) != 1 || !got.Views[0].Up {
		t.Errorf("%+v", got)
	}
}

func TestStop(t *testing.T) {
	t.Parallel()
	client := serve(t, standin.New(standin.Script{Delay: time.Minute}))
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	got := client.Ask(ctx, parse(t, "https://shop.example/"), "")
	if got.Unavailable != "stopped" {
		t.Errorf("%+v", got)
	}
}

func TestUnreachableService(t *testing.T) {
	t.Parallel()
	for name, breakIt := range map[string]func(*environment.Environment){
		"no address": func(e *environment.Environment) {
			e.LookupHost = func(context.Context, string) evidence.Answer { return evidence.Answer{RCode: "NXDOMAIN"} }
		},
		"certificate of somebody else": func(e *environment.Environment) { e.Roots = x509.NewCertPool() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := standin.New(standin.Script{})
			client := serve(t, service)
			breakIt(client.Env)
			if got := client.Ask(t.Context(), parse(t, "https://shop.example/"), ""); got.Unavailable != "unreachable" {
				t.Errorf("%+v", got)
			}
			if s := service.Sent(); s != nil {
				t.Errorf("%d requests arrived", len(s))
			}
		})
	}
}

func TestSecondAddressIsTried(t *testing.T) {
	t.Parallel()
	client := serve(t, standin.New(standin.Script{}))
	client.Env.LookupHost = func(context.Context, string) evidence.Answer {
		return evidence.Answer{Addresses: []string{"192.0.2.1", "127.0.0.1"}}
	}
	dial := client.Env.Dial
	client.Env.Dial = func(ctx context.Context, network, address string, opt environment.DialOptions) (net.Conn, error) {
		if strings.HasPrefix(address, "192.0.2.1:") {
			return nil, errors.New("no route")
		}
		return dial(ctx, network, address, opt)
	}
	if got := client.Ask(t.Context(), parse(t, "https://shop.example/"), ""); len(got.Views) != 5 {
		t.Errorf("%+v", got)
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	asked := 0
	client := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		http.Redirect(w, r, "https://collector.example.com/", http.StatusTemporaryRedirect)
	}))
	if got := client.Ask(t.Context(), parse(t, "https://shop.example/"), ""); got.Unavailable != "refused" || asked != 1 {
		t.Errorf("%d requests: %+v", asked, got)
	}
}

func TestUnreadableCreation(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"not JSON": "<html>", "no id": "{}", "an id that is a path": `{"id":"../probes","probesCount":1}`, "endless": strings.Repeat(" ", maxReply+10),
	} {
		client := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusAccepted)
			_, _ = io.WriteString(w, body)
		}))
		if got := client.Ask(t.Context(), parse(t, "https://shop.example/"), ""); got.Unavailable != "malformed" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestPrivateNamesAreNeverSent(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"router", "https://nas.local/x", "http://192.168.1.1/", "localhost:3000", "https://wiki.corp/"} {
		opinion, service := perform(t, standin.Script{}, in, "DE")
		if opinion.Unavailable != "refused" || service.Sent() != nil {
			t.Errorf("%s: %+v, %d requests", in, opinion, len(service.Sent()))
		}
	}
}

// TestOnlyNameAndSchemeLeave records everything that reaches the service in a run full of secrets.
func TestOnlyNameAndSchemeLeave(t *testing.T) {
	const secret = "s3cret"
	t.Setenv("USER", "user-"+secret)
	t.Setenv("HTTPS_PROXY", "http://"+secret+":"+secret+"@127.0.0.1:1")
	t.Setenv("HTTP_PROXY", "http://"+secret+":"+secret+"@127.0.0.1:1")
	opinion, service := perform(t, standin.Script{InProgress: 1},
		"502 Bad Gateway https://"+secret+":"+secret+"@Shop.example/"+secret+"/reset?token="+secret+"#"+secret, "FR")
	if len(opinion.Views) == 0 {
		t.Fatalf("%+v", opinion)
	}
	allowed := []string{"Accept", "Accept-Encoding", "Content-Length", "Content-Type", "If-None-Match", "User-Agent"}
	for _, s := range service.Sent() {
		all, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(all, []byte(secret)) || bytes.Contains(all, []byte("reset")) || bytes.Contains(all, []byte("502")) {
			t.Errorf("left this computer: %s", all)
		}
		for name := range s.Header {
			if !slices.Contains(allowed, name) {
				t.Errorf("header %s: %s", name, s.Header.Get(name))
			}
		}
		if got := s.Header.Get("User-Agent"); got != "IsItMe/1.2.3" {
			t.Errorf("User-Agent %q", got)
		}
	}
	want := `{"type":"http","target":"shop.example","inProgressUpdates":false,"timeout":10,"locations":[` +
		`{"country":"FR","tags":["eyeball-network"],"limit":2},{"continent":"NA","limit":1},{"continent":"AS","limit":1},{"continent":"OC","limit":1}],` +
		`"measurementOptions":{"protocol":"HTTPS","port":443,"request":{"method":"GET","path":"/"}}}`
	if got := service.Sent()[0].Body; got != want {
		t.Errorf("sent %s\nwant %s", got, want)
	}
	for _, s := range service.Sent()[1:] {
		if s.Body != "" || s.Method != http.MethodGet {
			t.Errorf("%s %s with %q", s.Method, s.Path, s.Body)
		}
	}
}

func TestToken(t *testing.T) {
	t.Parallel()
	service := standin.New(standin.Script{})
	client := serve(t, service)
	client.Token, client.UserAgent = "abc", "Lab/1"
	client.Ask(t.Context(), parse(t, "http://shop.example:8080/"), "")
	for _, s := range service.Sent() {
		if s.Header.Get("Authorization") != "Bearer abc" || s.Header.Get("User-Agent") != "Lab/1" {
			t.Errorf("%s %s: %v", s.Method, s.Path, s.Header)
		}
	}
	if body := service.Sent()[0].Body; !strings.Contains(body, `"protocol":"HTTP","port":8080`) {
		t.Error(body)
	}
}

// TestThroughProxy: where this computer goes through a proxy, so does the question.
func TestThroughProxy(t *testing.T) {
	t.Parallel()
	service := standin.New(standin.Script{})
	client := serve(t, service)
	api, err := url.Parse(client.Endpoint)
	if err != nil {
		t.Fatal(err)
	}
	asked := make(chan string, 8)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.Method + " " + r.Host
		to, err := net.Dial("tcp", "127.0.0.1:"+api.Port())
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		defer to.Close()
		w.WriteHeader(http.StatusOK)
		from, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer from.Close()
		go func() {
			_, _ = io.Copy(to, from)
			_ = to.Close()
		}()
		_, _ = io.Copy(from, to)
	}))
	t.Cleanup(proxy.Close)
	at, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	client.Env.System = func(_ context.Context, to evidence.Target, _ []string) (evidence.System, *url.URL) {
		if to.Host != "api.example.com" {
			t.Errorf("asked for the way to %s", to.Host)
		}
		return evidence.System{}, at
	}
	got := client.Ask(t.Context(), parse(t, "https://shop.example/"), "")
	if len(got.Views) != 5 {
		t.Errorf("%+v", got)
	}
	if first := <-asked; first != "CONNECT "+api.Host {
		t.Errorf("the proxy was asked for %s", first)
	}
}

func TestNamesFromTheNetworkAreCleaned(t *testing.T) {
	if got := text("a\u202eb\x07c\xff"); got != "abc" {
		t.Errorf("%q", got)
	}
	if got := text(strings.Repeat("ß", 200)); got != strings.Repeat("ß", 80) {
		t.Errorf("%d letters", len([]rune(got)))
	}
	for in, want := range map[string]string{"DE": "DE", "de": "", "": "", "DEU": "", "<b": ""} {
		if got := countryCode(in); got != want {
			t.Errorf("countryCode(%q) = %q", in, got)
		}
	}
}

func TestQuotaFreeIn(t *testing.T) {
	t.Parallel()
	date := "Sun, 22 Nov 2026 12:00:00 GMT"
	for _, c := range []struct {
		reset, retry string
		want         int
	}{
		{"1800", "", 1800},
		{"7", "60", 7},
		{"", "60", 60},
		{"", "Sun, 22 Nov 2026 12:00:30 GMT", 30},
		{"soon", "", 0},
		{"-5", "", 0},
		{"", "", 0},
	} {
		header := http.Header{"Date": {date}}
		header.Set("X-RateLimit-Reset", c.reset)
		header.Set("Retry-After", c.retry)
		if got := quotaFreeIn(header); got != c.want {
			t.Errorf("%q, %q: %d s, want %d", c.reset, c.retry, got, c.want)
		}
	}
}
