package standin

import "cmp"

// Place is where one of the stand-in's computers stands.
type Place struct {
	Continent, Country, City, Network string
	ASN                               int
	Tags                              []string
}

// places are the stand-in's computers by continent; a country that was asked for gets one of its own.
var places = map[string]Place{
	"AF": {"AF", "ZA", "Johannesburg", "Example Telecom ZA", 64511, []string{"eyeball-network"}},
	"AS": {"AS", "JP", "Tokyo", "Example Net JP", 64512, []string{"eyeball-network"}},
	"EU": {"EU", "DE", "Frankfurt", "Example Hosting DE", 64513, []string{"datacenter-network"}},
	"NA": {"NA", "US", "Ashburn", "Example Cloud US", 64514, []string{"datacenter-network", "aws-us-east-1"}},
	"OC": {"OC", "AU", "Sydney", "Example Broadband AU", 64515, []string{"eyeball-network"}},
	"SA": {"SA", "BR", "São Paulo", "Example Banda Larga BR", 64516, []string{"eyeball-network"}},
}

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
	// Address is where the name led.
	Address string
	// TLSError is why the certificate does not count; PlainHTTP leaves TLS out.
	TLSError  string
	PlainHTTP bool
}

// measure makes one result for each probe that the request asks for.
func (s *Service) measure(request Request) []map[string]any {
	var all []map[string]any
	for _, l := range request.Locations {
		for range l.limit() {
			place := places[l.Continent]
			if l.Country != "" {
				place = Place{Country: l.Country, City: "Town", Network: "Example Home " + l.Country, ASN: 64520, Tags: l.Tags}
			}
			var seen Result
			if s.script.Probe != nil {
				seen = s.script.Probe(place, request)
			}
			all = append(all, map[string]any{"probe": place.shape(), "result": seen.shape()})
		}
	}
	return all
}

func (p Place) shape() map[string]any {
	return map[string]any{
		"continent": p.Continent, "region": "Region", "country": p.Country, "state": nil, "city": p.City, "asn": p.ASN, "network": p.Network,
		"latitude": 0.5, "longitude": 0.5, "tags": p.Tags, "resolvers": []string{"private"},
	}
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
		"timings": map[string]any{"total": 182.5, "dns": 12, "tcp": 40, "tls": 60, "firstByte": 62, "download": 8.5}, "tls": nil,
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
