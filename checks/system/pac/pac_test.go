package pac

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"isitme/checks/leaktest"
)

// monday is a Monday in March, 14:30:15 in a zone two hours east of Greenwich.
var monday = time.Date(2026, time.March, 16, 14, 30, 15, 0, time.FixedZone("east", 2*60*60))

// options know one name, and the time above.
func options() Options {
	return Options{
		Lookup: func(_ context.Context, host string) []string {
			if host == "a.example" {
				return []string{"2001:db8::9", "192.0.2.9"}
			}
			return nil
		},
		Own: func() string { return "10.1.2.3" },
		Now: func() time.Time { return monday },
	}
}

// evaluate runs a script for https://a.example/.
func evaluate(script string) (string, error) {
	u := &url.URL{Scheme: "https", Host: "a.example:8443", Path: "/"}
	return Evaluate(context.Background(), script, u, options())
}

func TestEvaluate(t *testing.T) {
	tests := []struct{ name, script, want string }{
		{"direct", `function FindProxyForURL(url, host) { return "DIRECT"; }`, "DIRECT"},
		{"arguments", `function FindProxyForURL(url, host) { return url + " " + host; }`, "https://a.example:8443/ a.example"},
		{"nothing", `function FindProxyForURL() {}`, ""},
		{"null", `function FindProxyForURL() { return null; }`, ""},
		{"ex", `function FindProxyForURLEx() { return "PROXY ex:1"; }`, "PROXY ex:1"},
		{"byte order mark", "\ufefffunction FindProxyForURL() { return 'DIRECT'; }", "DIRECT"},
		{"latin 1", "// f\xfcr uns\nfunction FindProxyForURL() { return 'DIRECT'; }", "DIRECT"},
		{"old habits", `var a = new Array("x", "y"); function FindProxyForURL(url, host) {
			for (var i = 0; i < a.length; i++) if (host.toLowerCase().indexOf(a[i]) >= 0 && /^a\./.test(host)) return "PROXY " + a.join(":");
			alert("seen " + host); return "DIRECT"; }`, "PROXY x:y"},
	}
	for _, test := range tests {
		got, err := evaluate(test.script)
		if err != nil || got != test.want {
			t.Errorf("%s: %q, %v", test.name, got, err)
		}
	}
}

func TestHelpers(t *testing.T) {
	tests := []struct{ expression, want string }{
		{`isPlainHostName("www")`, "true"},
		{`isPlainHostName("www.a.example")`, "false"},
		{`dnsDomainIs("www.a.example", ".A.example")`, "true"},
		{`dnsDomainIs("www", ".a.example")`, "false"},
		{`localHostOrDomainIs("www.a.example", "www.a.example")`, "true"},
		{`localHostOrDomainIs("www", "www.a.example")`, "true"},
		{`localHostOrDomainIs("home.a.example", "www.a.example")`, "false"},
		{`isResolvable("a.example")`, "true"},
		{`isResolvable("other.example")`, "false"},
		{`dnsResolve("a.example")`, "192.0.2.9"},
		{`dnsResolve("A.example")`, "192.0.2.9"},
		{`dnsResolve("other.example")`, "null"},
		{`dnsResolve("192.0.2.1")`, "192.0.2.1"},
		{`dnsResolveEx("a.example")`, "2001:db8::9;192.0.2.9"},
		{`isResolvableEx("other.example")`, "false"},
		{`isInNet("192.0.2.9", "192.0.2.0", "255.255.255.0")`, "true"},
		{`isInNet("a.example", "192.0.2.9", "255.255.255.255")`, "true"},
		{`isInNet("192.0.3.9", "192.0.2.0", "255.255.255.0")`, "false"},
		{`isInNet("other.example", "0.0.0.0", "0.0.0.0")`, "false"},
		{`isInNet(myIpAddress(), "10.0.0.0", "255.0.0.0")`, "true"},
		{`isInNetEx("2001:db8::9", "2001:db8::/32")`, "true"},
		{`isInNetEx("192.0.2.9", "2001:db8::/32")`, "false"},
		{`convert_addr("192.0.2.1")`, "3221225985"},
		{`convert_addr("x")`, "0"},
		{`dnsDomainLevels("www.a.example")`, "2"},
		{`shExpMatch("http://a.example/x/ari.html", "*/ari.*")`, "true"},
		{`shExpMatch("a.example", "b.*")`, "false"},
		{`shExpMatch("axb", "a?b")`, "true"},
		{`shExpMatch("a.b", "a[.]b")`, "false"},
		{`sortIpAddressList("10.0.0.2;10.0.0.1; 2001:db8::1")`, "2001:db8::1;10.0.0.1;10.0.0.2"},
		{`sortIpAddressList("x")`, "false"},
		{`getClientVersion()`, "1.0"},
		{`weekdayRange("MON")`, "true"},
		{`weekdayRange("MON", "FRI")`, "true"},
		{`weekdayRange("SAT", "MON")`, "true"},
		{`weekdayRange("TUE", "FRI", "GMT")`, "false"},
		{`weekdayRange("XYZ")`, "false"},
		{`timeRange(14)`, "true"},
		{`timeRange(12, "GMT")`, "true"},
		{`timeRange(14, "GMT")`, "false"},
		{`timeRange(9, 17)`, "true"},
		{`timeRange(15, 9)`, "false"},
		{`timeRange(22, 15)`, "true"},
		{`timeRange(14, 0, 14, 29)`, "false"},
		{`timeRange(14, 30, 15, 14, 30, 16)`, "true"},
		{`timeRange(14, 31, 0, 14, 32, 0)`, "false"},
		{`timeRange()`, "false"},
		{`timeRange("x", 3)`, "false"},
		{`dateRange(16)`, "true"},
		{`dateRange(17, 20)`, "false"},
		{`dateRange("MAR")`, "true"},
		{`dateRange("JAN", "MAR")`, "true"},
		{`dateRange("DEC", "MAR")`, "true"},
		{`dateRange("APR", "JUN")`, "false"},
		{`dateRange(2026)`, "true"},
		{`dateRange(2024, 2025)`, "false"},
		{`dateRange(1, "MAR", 15, "MAR")`, "false"},
		{`dateRange(1, "MAR", 2026, 31, "MAR", 2026)`, "true"},
		{`dateRange("JAN", 2026, "FEB", 2026)`, "false"},
		{`dateRange(16, "MAR", 2026)`, "true"},
		{`dateRange("GMT")`, "false"},
		{`dateRange(1, 2, 3, 4, 5, 6, 7, 8)`, "false"},
		{`dateRange(1, "MAR", 2, 3)`, "false"},
	}
	for _, test := range tests {
		got, err := evaluate(`function FindProxyForURL() { return String(` + test.expression + `); }`)
		if err != nil || got != test.want {
			t.Errorf("%s: %q, %v; want %s", test.expression, got, err, test.want)
		}
	}
}

// errBounded stands for any of the limits or for none: which one is met first, if any, depends on how fast this computer is.
var errBounded = errors.New("a limit")

// hasten gives scripts other limits of time until the test ends.
func hasten(t *testing.T, script, lookup time.Duration) {
	t.Helper()
	setLimits(script, lookup)
	t.Cleanup(func() { setLimits(ample, ample) })
}

// ample is time that no slow computer needs for a script that ends.
const ample = 2 * time.Minute

func setLimits(script, lookup time.Duration) {
	timeLimit, lookupLimit = script, lookup
	limitExpressions()
}

func TestHostileScripts(t *testing.T) {
	find := func(body string) string { return "function FindProxyForURL() { " + body + " }" }
	tests := []struct {
		name, script string
		want         error
	}{
		{"endless at once", "for (;;);", ErrTimeout},
		{"endless later", find("while (true) {}"), ErrTimeout},
		{"endless and catching", find("for (;;) try { for (;;); } catch (e) {}"), ErrTimeout},
		{"backtracking", find(`return String(/^(?=(a+)+$)(a+)+$/.test("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"))`), ErrTimeout},
		{"backtracking in replace", find(`return "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab".replace(/(?=(a+)+$)(a+)+$/g, "")`), ErrTimeout},
		{"deep", find("function f() { return f() + 1; } return f();"), ErrScript},
		{"list without end", find("var a = []; for (;;) a.push(new Array(1000).join('x') + a.length);"), errBounded},
		{"doubling text", find("var s = 'x'; for (;;) s += s;"), ErrMemory},
		{"doubling list", find("var a = [1]; for (;;) a = a.concat(a);"), errBounded},
		{"sparse list", find("var a = []; a[4294967290] = 1; return a.join('x');"), ErrScript},
		{"properties without end", find("var o = {}; for (var i = 0;; i++) o['key' + i] = [i];"), errBounded},
		{"closures without end", find("var f = null; for (;;) f = (function (g) { return function () { return g; }; })(f);"), errBounded},
		{"long template", find("var s = 'x'; for (;;) s = `${s}${s}${s}`;"), ErrMemory},
		{"split and join", find("var s = 'xx'; for (;;) s = s.split('').join(s);"), ErrScript},
		{"replace", find("var s = 'xx'; for (;;) s = s.replace(/x/g, s);"), ErrScript},

		{"deep source", "var a = " + strings.Repeat("[", 1<<20-100), ErrTooLarge},
		{"deep source, less", "var a = " + strings.Repeat("(", maxPhrase-10), errBounded},
		{"deep list, less", "var a = " + strings.Repeat("[{a:", maxBrackets/2-9), errBounded},
		{"deep brackets with pauses", "var a = " + strings.Repeat("(0,", maxBrackets-10), errBounded},
		{"deep arrows", "var a = " + strings.Repeat("(a,b)=>", maxBrackets-10), ErrTooLarge},
		{"deep arrows, less", "var a = " + strings.Repeat("(a,b)=>", maxArrows-10), errBounded},
		{"deep choices", "var a = " + strings.Repeat("(1,2)?", maxBrackets-10), errBounded},
		{"deep conditions", strings.Repeat("if(a,b)", maxBrackets-10) + ";", errBounded},
		{"deep functions", strings.Repeat("function f(){", maxBrackets/3-10) + strings.Repeat("}", maxBrackets/3-10), errBounded},
		{"long phrase", "var a = " + strings.Repeat("!", 1<<20-100) + "1;", ErrTooLarge},
		{"long sum", find("return ''" + strings.Repeat("+''", 300000)), ErrTooLarge},
		{"long sum, less", find("return ''" + strings.Repeat("+''", 5000)), errBounded},
		{"long choice", find("return " + strings.Repeat("''?'':", 2500) + "1"), errBounded},
		{"deep literal expression", find("return /" + strings.Repeat("(", maxPhrase/2-99) + strings.Repeat(")", maxPhrase/2-99) + "/.test('')"), errBounded},
		{"deep expression", find("return new RegExp(new Array(60000).join('(') + new Array(60000).join(')'))"), ErrScript},
		{"deep expression, called", find("return RegExp(new Array(60000).join('('))"), ErrScript},
		{"deep expression, derived", find("return new (/a/.constructor)(new Array(60000).join('('))"), ErrScript},
		{"deep search", find("return 'a'.search(new Array(60000).join('('))"), ErrScript},
		{"deep eval", find("var s = '('; while (s.length < 4000000) s += s; return eval(s);"), ErrScript},
		{"deep function", find("var s = '('; while (s.length < 4000000) s += s; return new Function(s);"), ErrScript},
		{"derived function", find("return (function () {}).constructor('return 1')()"), ErrScript},
		{"derived generator", find("return Object.getPrototypeOf(function* () {}).constructor('yield 1')()"), ErrScript},
		{"deep JSON", find("var s = '['; while (s.length < 4000000) s += s; return JSON.parse(s);"), ErrScript},
		{"deep list as text", find("var a = []; for (var i = 0; i < 100000; i++) a = [a]; return String(a);"), errBounded},
		{"flat", find("return [[1]].flat(Infinity).length;"), ErrScript},
		{"replace by symbol", find("var s = 'xx'; for (;;) s = /x/g[Symbol.replace](s, s);"), ErrScript},
		{"replace all", find("var s = 'xx'; for (;;) s = s.replaceAll('x', s);"), ErrScript},
		{"join of long texts", find("var s = 'x'.repeat(60000), a = []; for (var i = 0; i < 60000; i++) a.push(s); return a.join('');"), ErrScript},
		{"join by symbol", find("var s = 'x'.repeat(60000), a = []; for (var i = 0; i < 60000; i++) a.push(s); return '' + a;"), ErrScript},
		{"concat of long lists", find("var a = new Array(60000), b = []; for (var i = 0; i < 60000; i++) b.push(a); return [].concat.apply([], b).length;"), ErrScript},
		{"many insertions", find("var s = 'x'; return `" + strings.Repeat("${s}", 100) + "`;"), ErrTooLarge},
		{"escape", find("var s = 'ä'; while (s.length < 1000000) s += s; return escape(s);"), ErrScript},
		{"bound without end", find("var f = function () {}; for (var i = 0; i < 100000; i++) f = f.bind(null); return f();"), errBounded},
		{"prototypes without end", find("var o = {}; for (var i = 0; i < 200000; i++) o = Object.create(o); return o.x;"), errBounded},
		{"eval", find("for (;;) eval('var x' + Math.random());"), errBounded},
		{"generator", find("function* g() { for (;;) yield 1; } return [...g()].length;"), errBounded},
		{"getter", find("var o = { get x() { return this.x; } }; return o.x;"), ErrScript},
		{"sort", find("var a = []; for (var i = 0; i < 1000; i++) a.push(i); a.sort(function () { for (;;); });"), ErrTimeout},
		{"promise", find("(function again() { Promise.resolve().then(again); })(); return 'DIRECT';"), nil},
		{"lookups without end", find("for (var i = 0;; i++) dnsResolve('a' + i + '.example');"), errBounded},
		{"repeat", find("return 'x'.repeat(1e12);"), ErrScript},
		{"pad", find("return 'x'.padEnd(1e12);"), ErrScript},
		{"join", find("return new Array(4e9).join('x');"), ErrScript},
		{"array like", find("return Array.prototype.indexOf.call({length: 9007199254740991}, 1);"), ErrScript},
		{"apply", find("return String.fromCharCode.apply(null, {length: 1e12});"), ErrScript},
		{"buffer", find("return new ArrayBuffer(1e12).length;"), ErrScript},
		{"too large", strings.Repeat(" ", MaxScript+1), ErrTooLarge},
		{"long answer", find("var s = 'x'; while (s.length < 100000) s += s; return s;"), ErrScript},
		{"throws", find("throw new Error('no')"), ErrScript},
		{"no function", "var x = 1;", ErrScript},
		{"not a function", "FindProxyForURL = 3;", ErrScript},
		{"syntax", "function (", ErrScript},
		{"no network", find("return new XMLHttpRequest();"), ErrScript},
		{"no modules", find("return require('fs');"), ErrScript},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.want == nil || test.want == ErrTimeout || test.want == errBounded {
				hasten(t, time.Second, time.Second)
			}
			got, err := evaluate(test.script)
			t.Logf("%.100v", err)
			switch {
			case test.want == nil:
			case test.want == errBounded:
				if err != nil && !errors.Is(err, ErrTimeout) && !errors.Is(err, ErrMemory) && !errors.Is(err, ErrScript) {
					t.Errorf("%q, %v", got, err)
				}
			case !errors.Is(err, test.want):
				t.Errorf("%q, %v; want %v", got, err, test.want)
			}
		})
	}
}

// TestLargeScripts: what companies and lists of blocked sites are known to write is within the limits.
func TestLargeScripts(t *testing.T) {
	var rules, names strings.Builder
	for i := range 8000 {
		fmt.Fprintf(&rules, "  if (shExpMatch(host, \"*.site%d.example\") || dnsDomainIs(host, '.s%d.example')) { return \"PROXY p%d.example:8080\"; }\n", i, i, i)
	}
	for i := range 30000 {
		fmt.Fprintf(&names, "\"site%d.example\": 1,\n", i)
	}
	scripts := map[string]string{
		"rules": "function FindProxyForURL(url, host) {\n" + rules.String() + "  return 'PROXY p.example:1';\n}",
		"names": "var names = {\n" + names.String() + "\"a.example\": 1 };\nfunction FindProxyForURL(url, host) {\n" +
			"  for (;;) { if (names[host]) return 'PROXY p.example:1'; var dot = host.indexOf('.'); if (dot < 0) return 'DIRECT'; host = host.substring(dot + 1); }\n}",
	}
	for name, script := range scripts {
		if got, err := evaluate(script); got != "PROXY p.example:1" || err != nil {
			t.Errorf("%s, %d bytes: %q, %v", name, len(script), got, err)
		}
	}
}

func TestStop(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, stop)
	_, err := Evaluate(ctx, "for (;;);", &url.URL{Scheme: "http", Host: "a.example"}, options())
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestSlowLookup(t *testing.T) {
	opt := options()
	opt.Lookup = func(ctx context.Context, _ string) []string {
		<-ctx.Done() // a name server that stays silent
		return nil
	}
	script := `function FindProxyForURL(url, host) { return isResolvable(host) ? "PROXY x:1" : dnsResolve(host) === null ? "DIRECT" : "?"; }`
	hasten(t, ample, 100*time.Millisecond)
	got, err := Evaluate(context.Background(), script, &url.URL{Scheme: "http", Host: "a.example"}, opt)
	if got != "DIRECT" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

func TestParse(t *testing.T) {
	direct := Choice{Direct: true}
	tests := []struct {
		result string
		want   []Choice
	}{
		{"", []Choice{direct}},
		{"DIRECT", []Choice{direct}},
		{" direct ; ", []Choice{direct}},
		{"PROXY a.example:3128; DIRECT", []Choice{{Scheme: "http", Address: "a.example:3128"}, direct}},
		{"proxy a:1;HTTPS b:2;\tSOCKS c:3 ; SOCKS5 d:4; HTTP e:5", []Choice{
			{Scheme: "http", Address: "a:1"},
			{Scheme: "https", Address: "b:2"},
			{Scheme: "socks5", Address: "c:3"},
			{Scheme: "socks5", Address: "d:4"},
			{Scheme: "http", Address: "e:5"},
		}},
		{"SOCKS4 a:1; QUIC b:2; PROXY", nil},
	}
	for _, test := range tests {
		got := Parse(test.result)
		if len(got) != len(test.want) {
			t.Errorf("%q: %+v", test.result, got)
			continue
		}
		for i := range got {
			if got[i] != test.want[i] {
				t.Errorf("%q: %+v", test.result, got)
			}
		}
	}
}

func FuzzPAC(f *testing.F) {
	f.Add(`function FindProxyForURL(url, host) { return shExpMatch(host, "*.example") ? "PROXY a:1" : "DIRECT"; }`)
	f.Add(`function FindProxyForURL(u,h){return isInNet(h,"1.2.3.4","255.0.0.0")||dateRange(1,"JAN",2020)||timeRange(1,2)}`)
	f.Add("for(;;);")
	f.Fuzz(func(t *testing.T, script string) {
		hasten(t, time.Second, time.Second)
		result, err := evaluate(script)
		if err == nil {
			Parse(result)
		}
	})
}

func TestMain(m *testing.M) {
	setLimits(ample, ample)
	// The clock of regexp2's time limits runs on for a second.
	leaktest.Main(m, goleak.IgnoreAnyFunction("github.com/dlclark/regexp2/v2.runClock"))
}
