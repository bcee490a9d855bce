package pac

import (
	"context"
	"encoding/binary"
	"net/netip"
	"strings"

	"github.com/dop251/goja"
)

// prelude takes away what a proxy decision does not need and an interrupt does not end: functions that loop, allocate
// or call themselves inside the interpreter in proportion to what the script chooses.
const prelude = `(function (most, mostInExpression, readable) {
	var apply = Reflect.apply, read = eval, Expression = RegExp;
	function checked(owner, name, tooLong) {
		var inner = owner[name];
		if (typeof inner !== "function" || name === "constructor") return;
		owner[name] = function () {
			if (tooLong(this, arguments)) throw new RangeError(String(name) + " is too long");
			return apply(inner, this, arguments);
		};
	}
	function long(value) { return value !== null && value !== undefined && value.length > most; }
	function longExpression(value) { return typeof value === "string" && value.length > mostInExpression; }
	Object.getOwnPropertyNames(Array.prototype).forEach(function (name) {
		checked(Array.prototype, name, function (self) { return long(self); });
	});
	Object.getOwnPropertyNames(String.prototype).forEach(function (name) {
		checked(String.prototype, name, function (self) { return long(self); });
	});
	["match", "matchAll", "search"].forEach(function (name) {
		checked(String.prototype, name, function (self, args) { return longExpression(args[0]); });
	});
	["exec", "test"].forEach(function (name) {
		checked(Expression.prototype, name, function (self, args) { return long(args[0]); });
	});
	checked(String.prototype, "repeat", function (self, args) { return self.length * args[0] > most; });
	checked(String.prototype, "padStart", function (self, args) { return args[0] > most; });
	checked(String.prototype, "padEnd", function (self, args) { return args[0] > most; });
	function longReplaced(text, by) { return long(text) || typeof by === "string" && text.length * by.length > most; }
	["replace", "replaceAll"].forEach(function (name) {
		checked(String.prototype, name, function (self, args) { return longReplaced(self, args[1]); });
	});
	checked(Expression.prototype, Symbol.replace, function (self, args) { return longReplaced(args[0], args[1]); });
	[Symbol.match, Symbol.matchAll, Symbol.search, Symbol.split].forEach(function (name) {
		checked(Expression.prototype, name, function (self, args) { return long(args[0]); });
	});
	function longTogether(parts, between) { // parts are texts or lists
		var all = parts.length * (between === undefined ? 1 : String(between).length);
		for (var i = 0; i < parts.length && all <= most; i++) {
			if (parts[i] !== null && parts[i] !== undefined) all += parts[i].length > 0 ? parts[i].length : 1;
		}
		return all > most;
	}
	checked(String.prototype, "concat", function (self, args) { return longTogether(args); });
	checked(Array.prototype, "concat", function (self, args) { return longTogether(args); });
	checked(Array.prototype, "join", function (self, args) { return longTogether(self, args[0]); });
	delete Array.prototype.flat;
	delete Array.prototype.flatMap;
	checked(Function.prototype, "apply", function (self, args) { return long(args[1]); });
	checked(Array, "from", function (self, args) { return long(args[0]); });
	checked(JSON, "parse", function (self, args) { return long(args[0]); });
	["encodeURI", "encodeURIComponent", "decodeURI", "decodeURIComponent", "escape", "unescape"].forEach(function (name) {
		checked(globalThis, name, function (self, args) { return long(args[0]); });
	});
	globalThis.eval = function (source) {
		if (typeof source === "string" && !readable(source)) throw new RangeError("the source is too long");
		return read(source);
	};
	globalThis.RegExp = function (source, flags) {
		if (longExpression(source)) throw new RangeError("the expression is too long");
		return new Expression(source, flags);
	};
	RegExp.prototype = Expression.prototype;
	RegExp.prototype.constructor = RegExp;
	delete RegExp.prototype.compile;
	delete JSON.stringify;
	delete String.raw;
	[function () {}, function* () {}, async function () {}].forEach(function (f) {
		delete Object.getPrototypeOf(f).constructor; // it makes functions of texts
	});
	["Function", "Reflect", "Proxy", "ArrayBuffer", "SharedArrayBuffer", "DataView", "Int8Array", "Uint8Array",
		"Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array", "Float32Array", "Float64Array",
		"BigInt64Array", "BigUint64Array", "BigInt"].forEach(function (name) { delete globalThis[name]; });
})`

// Limits of the prelude: the length of lists and texts that functions work on, and of expressions made of texts.
const (
	maxLength     = 1 << 16
	maxExpression = 1 << 12
)

// clientVersion is what getClientVersion returns: the version of Microsoft's additions.
const clientVersion = "1.0"

// prepare gives the interpreter the format's functions.
func (e *evaluation) prepare() error {
	value, err := e.vm.RunString(prelude)
	if err != nil {
		return err
	}
	restrict, _ := goja.AssertFunction(value)
	if _, err := restrict(goja.Undefined(), e.vm.ToValue(maxLength), e.vm.ToValue(maxExpression), e.vm.ToValue(readable)); err != nil {
		return err
	}
	e.found = map[string][]string{}
	functions := map[string]any{
		"isPlainHostName": func(host string) bool { return !strings.ContainsAny(host, ".:") },
		"dnsDomainIs": func(host, domain string) bool {
			return strings.HasSuffix(strings.ToLower(host), strings.ToLower(domain))
		},
		"localHostOrDomainIs": localHostOrDomainIs,
		"isResolvable":        func(host string) bool { return e.resolve(host) != "" },
		"isResolvableEx":      func(host string) bool { return len(e.lookup(host)) > 0 },
		"isInNet":             e.isInNet,
		"isInNetEx":           isInNetEx,
		"dnsResolve": func(host string) any {
			if address := e.resolve(host); address != "" {
				return address
			}
			return nil
		},
		"dnsResolveEx":      func(host string) string { return strings.Join(e.lookup(host), ";") },
		"convert_addr":      convertAddress,
		"myIpAddress":       e.own,
		"myIpAddressEx":     e.own,
		"dnsDomainLevels":   func(host string) int { return strings.Count(host, ".") },
		"shExpMatch":        func(text, pattern string) bool { return Match(pattern, text) },
		"sortIpAddressList": sortAddresses,
		"getClientVersion":  func() string { return clientVersion },
		"alert":             func(goja.FunctionCall) goja.Value { return goja.Undefined() },
		"weekdayRange":      e.weekdayRange,
		"dateRange":         e.dateRange,
		"timeRange":         e.timeRange,
	}
	for name, function := range functions {
		if err := e.vm.Set(name, function); err != nil {
			return err
		}
	}
	return nil
}

// lookup is the addresses of a host, which may be an address itself.
func (e *evaluation) lookup(host string) []string {
	if address, err := netip.ParseAddr(host); err == nil {
		return []string{address.String()}
	}
	host = strings.ToLower(host)
	if known, ok := e.found[host]; ok {
		return known
	}
	if e.opt.Lookup == nil {
		return nil
	}
	e.looking.Store(true)
	defer e.looking.Store(false)
	ctx, cancel := context.WithTimeout(e.ctx, lookupLimit)
	defer cancel()
	addresses := e.opt.Lookup(ctx, host)
	e.found[host] = addresses
	return addresses
}

// resolve is a host's first IPv4 address, "" without one: the format's own functions know no other family.
func (e *evaluation) resolve(host string) string {
	for _, address := range e.lookup(host) {
		if parsed, err := netip.ParseAddr(address); err == nil && parsed.Unmap().Is4() {
			return parsed.Unmap().String()
		}
	}
	return ""
}

// own is this computer's address; the format has no word for "none".
func (e *evaluation) own() string {
	if e.opt.Own != nil {
		if address := e.opt.Own(); address != "" {
			return address
		}
	}
	return "127.0.0.1"
}

// isInNet reports whether a host's IPv4 address matches pattern in the bits that mask sets.
func (e *evaluation) isInNet(host, pattern, mask string) bool {
	address, ok := number(e.resolve(host))
	network, okNetwork := number(pattern)
	bits, okBits := number(mask)
	return ok && okNetwork && okBits && address&bits == network&bits
}

// isInNetEx reports whether an address of either family lies in a network in CIDR form.
func isInNetEx(address, network string) bool {
	parsed, err := netip.ParseAddr(address)
	prefix, errPrefix := netip.ParsePrefix(network)
	return err == nil && errPrefix == nil && prefix.Contains(parsed.Unmap())
}

// convertAddress is an IPv4 address as a number, 0 for anything else.
func convertAddress(address string) int64 {
	value, _ := number(address)
	return int64(value)
}

// number is an IPv4 address in host order.
func number(address string) (uint32, bool) {
	parsed, err := netip.ParseAddr(address)
	if err != nil || !parsed.Is4() {
		return 0, false
	}
	four := parsed.As4()
	return binary.BigEndian.Uint32(four[:]), true
}

// localHostOrDomainIs reports whether host is the full name given, or its first label alone.
func localHostOrDomainIs(host, full string) bool {
	host, full = strings.ToLower(host), strings.ToLower(full)
	return host == full || !strings.Contains(host, ".") && strings.HasPrefix(full, host+".")
}
