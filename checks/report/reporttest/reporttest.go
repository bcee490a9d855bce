// Package reporttest makes reports for tests: one of every kind of answer, and one whose every corner carries a secret.
// It is not part of the program.
package reporttest

import (
	"time"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/verdict"
)

// Started is the moment of every sample run, one hour east of UTC.
var Started = time.Date(2026, time.November, 22, 14, 32, 8, 0, time.FixedZone("CET", 3600))

// Host is the site of every sample run.
const Host = "www.harbourbooks.example"

// URL is the page of every sample run.
const URL = "https://" + Host + "/summer"

// base is a run in which everything but the site's answer is fine.
func base(id string, status int, line string) report.Report {
	tries := make([]evidence.Fetch, 4)
	for i := range tries {
		tries[i] = fetch(URL, status, line, time.Duration([]float64{0, 1, 3, 7}[i]*float64(time.Second)))
	}
	if status < 500 {
		tries = tries[:1] // trying again cannot change such a reply
	}
	leaf := Certificate()
	ev := evidence.Evidence{
		Target: evidence.Target{
			URL: URL, Scheme: "https", Host: Host, DisplayHost: Host, Port: 443,
		},
		Started: Started, Finished: Started.Add(11 * time.Second),
		Tries: tries, TriesPlanned: 4, PublicAllowed: true, Requests: len(tries), Connections: 6,
		System: System(),
		Portals: []evidence.PortalCheck{
			{Operator: "Apple", Fetch: plain("http://captive.apple.com/", 200, "200 OK"), Genuine: true},
			{Operator: "Google", Fetch: plain("http://connectivitycheck.gstatic.com/generate_204", 204, "204 No Content"), Genuine: true},
		},
		WellKnown: []evidence.SiteCheck{
			{Operator: "Google", Host: "www.google.com", Fetch: plain("https://www.google.com/", 200, "200 OK")},
			{Operator: "Wikimedia", Host: "www.wikipedia.org", Fetch: plain("https://www.wikipedia.org/", 200, "200 OK")},
			{Operator: "Microsoft", Host: "www.microsoft.com", Fetch: plain("https://www.microsoft.com/", 200, "200 OK")},
		},
		Resolvers: []evidence.ResolverView{
			view("os", "os", evidence.RoleSystem, evidence.OverOS),
			view("192.168.178.1", "192.168.178.1", evidence.RoleConfigured, evidence.OverUDP),
			view("Google", "8.8.8.8", evidence.RolePublic, evidence.OverUDP),
			view("Cloudflare", "1.1.1.1", evidence.RolePublic, evidence.OverHTTPS),
		},
		Addresses: []evidence.AddressCheck{
			{Address: "203.0.113.10", From: []string{"os", "8.8.8.8", "192.168.178.1"}, Hop: tries[0].Hops[0]},
			{Address: "203.0.113.11", From: []string{"1.1.1.1"}, Hop: tries[0].Hops[0]},
		},
	}
	ev.Addresses[1].Hop.TLS = &evidence.TLS{ServerName: Host, Version: "TLS 1.3", Chain: []evidence.Certificate{leaf}, Verified: true}
	return report.Report{
		Schema: report.Schema, ID: id, Tool: report.Tool{Name: "Is It Me?", Version: "1.0.0", OS: "Windows 11"},
		Started: ev.Started, StartedUTC: ev.Started.UTC(), Finished: ev.Finished, URL: URL, Evidence: ev,
		Steps: steps(status, line, len(tries)),
		Secrets: &report.Secrets{
			Computers: []string{"annas-laptop"}, Users: []string{"anna.schmidt", "Anna Schmidt"}, Homes: []string{"/home/anna.schmidt"},
		},
	}
}

func steps(status int, line string, tries int) []checklist.StepResult {
	found := checklist.Found
	first := verdict.Finding{Code: verdict.StepRetryStatus, Args: map[string]any{"Tries": tries, "Status": line}}
	if status < 400 {
		found, first = checklist.Fine, verdict.Finding{Code: verdict.StepRetryOpened, Args: map[string]any{"Try": 1}}
	}
	return []checklist.StepResult{
		{Step: evidence.StepRetry, State: found, Finding: first, MS: 7412},
		{Step: evidence.StepCompare, State: checklist.Fine, Finding: verdict.Finding{Code: verdict.StepCompareFine, Args: map[string]any{"Good": 3, "All": 3}}, MS: 412},
		{Step: evidence.StepResolvers, State: checklist.Fine, Finding: verdict.Finding{Code: verdict.StepNamesFine, Args: map[string]any{"Good": 4, "All": 4}}, MS: 88},
		{Step: evidence.StepProxyVPN, State: checklist.Fine, Finding: verdict.Finding{Code: verdict.StepProxyNone}, MS: 12},
		{Step: evidence.StepFlush, State: checklist.Skipped, Finding: verdict.Finding{Code: verdict.StepFlushNotNeeded}},
		{Step: evidence.StepAnswer, State: found, Finding: verdict.Finding{Code: verdict.StepAnswerDone, Args: map[string]any{"Who": "site", "Certainty": "certain"}}},
	}
}

// System is an ordinary computer at home.
func System() *evidence.System {
	return &evidence.System{
		OS: "windows", OSName: "Windows 11",
		Interfaces: []evidence.Interface{
			{Name: "WLAN", Kind: "wifi", Up: true, HasIPv4: true, HasIPv6: true, Addresses: []string{"192.168.178.42", "2001:db8:77:1::42"}},
			{Name: "Ethernet 2", Kind: "ethernet", Up: false},
		},
		DefaultV4:   &evidence.Route{Destination: "default", Interface: "WLAN", Gateway: "192.168.178.1", Source: "192.168.178.42"},
		SiteRoutes:  []evidence.Route{{Destination: "203.0.113.10", Interface: "WLAN", Gateway: "192.168.178.1", Source: "192.168.178.42"}},
		Nameservers: []evidence.Nameserver{{Address: "192.168.178.1", Interface: "WLAN", Source: "windows"}},
	}
}

// Certificate is the site's.
func Certificate() evidence.Certificate {
	return evidence.Certificate{
		Subject: Host, Issuer: "R11, Let's Encrypt", Names: []string{Host, "harbourbooks.example"},
		NotBefore: Started.AddDate(0, 0, -30).UTC(), NotAfter: Started.AddDate(0, 0, 60).UTC(),
		SHA256: "6bafd6a1c9b7e1b5a2d4d3f2c8e9fa0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f",
	}
}

func view(name, address string, role evidence.Role, over evidence.Transport) evidence.ResolverView {
	return evidence.ResolverView{Name: name, Address: address, Role: role, Answers: []evidence.Answer{{
		Resolver: address, Role: role, Transport: over, Name: Host, Type: "A", Addresses: []string{"203.0.113.10", "203.0.113.11"},
		RCode: "NOERROR", TTL: 300, MS: 18.4,
	}}}
}

func plain(url string, status int, line string) evidence.Fetch {
	return evidence.Fetch{URL: url, Way: evidence.ViaDirect, Started: Started, MS: 211, Hops: []evidence.Hop{{
		URL: url, Started: Started, Response: &evidence.Response{Status: status, StatusLine: line, Proto: "HTTP/1.1", Complete: true},
		Timings: evidence.Timings{ResolveMS: 20, ConnectMS: 31, FirstByteMS: 140, TotalMS: 211},
	}}}
}

func fetch(url string, status int, line string, after time.Duration) evidence.Fetch {
	at := Started.Add(after)
	res := &evidence.Response{
		Status: status, StatusLine: line, Proto: "HTTP/2.0", Title: Host + " | " + line, BodyBytes: 6120, Complete: true,
		Header: map[string]string{
			"server": "cloudflare", "date": at.UTC().Format(time.RFC1123), "cf-ray": "8e6f4c1b2a9d0f37-FRA",
			"content-type": "text/html; charset=UTF-8", "cache-control": "no-store",
		},
		RequestIDs: []evidence.RequestID{{Header: "cf-ray", Value: "8e6f4c1b2a9d0f37-FRA"}},
	}
	if status >= 500 {
		res.Signatures = []evidence.Signature{{Rule: "cloudflare", Name: "Cloudflare", Layer: evidence.LayerCDN}}
	}
	return evidence.Fetch{URL: url, Way: evidence.ViaDirect, Started: at, MS: 412.5, Hops: []evidence.Hop{{
		URL: url, Host: Host, Started: at, Address: "203.0.113.10",
		Resolution: &evidence.Answer{Resolver: "os", Role: evidence.RoleSystem, Transport: evidence.OverOS, Name: Host, Type: "A+AAAA", Addresses: []string{"203.0.113.10", "203.0.113.11"}, MS: 18.2},
		Connects:   []evidence.Dial{{Address: "203.0.113.10", Port: 443, MS: 21.3}},
		TLS:        &evidence.TLS{ServerName: Host, Version: "TLS 1.3", Cipher: "TLS_AES_128_GCM_SHA256", Chain: []evidence.Certificate{Certificate()}, Verified: true},
		Response:   res,
		Timings:    evidence.Timings{ResolveMS: 18.2, ConnectMS: 21.3, TLSMS: 44.1, FirstByteMS: 310.7, BodyMS: 12.2, TotalMS: 412.5},
	}}}
}
