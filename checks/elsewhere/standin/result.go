package standin

import "cmp"

// Result is what one computer saw. The zero value is a page that opens.
type Result struct {
	// Offline: the probe went away. Failed: it got no reply, for the reason in Source ("target", "resolver", "internal").
	Offline bool
	Failed  bool
	Source  string
	// Status is the page's, 200 by default; Header and Body are what came with it.
	Status int
	Header map[string]any
	Body   string
	// Address is where the name led, MS how long the whole took in milliseconds.
	Address string
	MS      float64
	// TLSError is why the certificate does not count; PlainHTTP leaves TLS out.
	TLSError  string
	PlainHTTP bool
}

// test is the work of one computer.
type test struct {
	place Place
	seen  Result
	done  chan struct{} // closed when seen is there
}

// begin sets a computer to work.
func begin(at Place, request Request, probe func(Place, Request) Result) *test {
	t := &test{place: at, done: make(chan struct{})}
	go func() {
		defer close(t.done)
		if probe != nil {
			t.seen = probe(at, request)
		}
	}()
	return t
}

// finished reports whether the computer has seen what it will see.
func (t *test) finished() bool {
	select {
	case <-t.done:
		return true
	default:
		return false
	}
}

// shape is the documented item of the results; shown is false while the service is still to keep it back.
func (t *test) shape(shown bool) map[string]any {
	result := map[string]any{"status": "in-progress", "rawOutput": ""}
	if shown {
		result = t.seen.shape()
	}
	return map[string]any{"probe": t.place.shape(), "result": result}
}

func (r Result) shape() map[string]any {
	switch {
	case r.Offline:
		return map[string]any{"status": "offline", "rawOutput": "This probe is currently offline. Please try again later."}
	case r.Failed:
		return map[string]any{
			"status": "failed", "failureSource": r.Source, "rawOutput": "the request failed", "rawHeaders": nil, "rawBody": nil, "truncated": false,
			"headers": map[string]any{}, "statusCode": nil, "statusCodeName": nil, "resolvedAddress": nil,
			"timings": map[string]any{"total": nil, "dns": nil, "tcp": nil, "tls": nil, "firstByte": nil, "download": nil}, "tls": nil,
		}
	}
	shape := map[string]any{
		"status": "finished", "failureSource": nil, "rawOutput": "HTTP/1.1", "rawHeaders": "", "rawBody": r.Body, "truncated": false,
		"headers": r.Header, "statusCode": cmp.Or(r.Status, 200), "statusCodeName": "", "resolvedAddress": cmp.Or(r.Address, "198.51.100.7"),
		"timings": map[string]any{"total": cmp.Or(r.MS, 182.5), "dns": 12, "tcp": 40, "tls": 60, "firstByte": 62, "download": 8.5}, "tls": nil,
	}
	if !r.PlainHTTP {
		tls := map[string]any{
			"authorized": r.TLSError == "", "protocol": "TLSv1.3", "cipherName": "TLS_AES_128_GCM_SHA256", "createdAt": "2026-10-01T00:00:00.000Z",
			"expiresAt": "2026-12-30T00:00:00.000Z", "subject": map[string]any{"CN": "site.example", "alt": "DNS:site.example"},
			"issuer": map[string]any{"C": "US", "O": "Example CA", "CN": "E1"}, "keyType": "EC", "keyBits": 256,
			"serialNumber": "01:02", "fingerprint256": "AA:BB", "publicKey": nil,
		}
		if r.TLSError != "" {
			tls["error"] = r.TLSError
		}
		shape["tls"] = tls
	}
	return shape
}
