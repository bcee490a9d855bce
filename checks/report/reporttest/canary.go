package reporttest

import (
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/verdict"
)

// Canary is a run in which every place that could give the visitor away carries a secret. Never lists those that no
// report may show, Chosen those that the visitor's "include my network details" adds, Always what an owner needs.
func Canary() (r report.Report, never, chosen, always []string) {
	never = []string{
		"cnryquery", "cnryfragment", "cnryuser", "cnrypass", "cnrytoken9A8B7C6D5E4F", "cnrysession", "cnrycookie", "cnrybearer",
		"cnryproxyuser", "cnryproxypass", "cnryhost", "cnryhome", "cnryfullname", "cnrymail", "cnrynext", "cnrypacquery", "cnryssid",
	}
	chosen = []string{
		"192.168.199.42", "192.168.199.1", "2001:db8:cafe:1::42", "10.99.0.53", "cnryproxy.corp", "cnrypac.corp", "cnryvpn",
		"cnryiface", "cnrydomain.lan", "cnryportal.hotel", "cnryreason", "192.168.199.80", "198.51.100.77", "02:42:ac:11:00:02",
	}
	always = []string{"shop.canary.example", "/order", "203.0.113.10", "8.8.8.8", "1.1.1.1", "502 Bad Gateway", "8e6f4c1b2a9d0f37-FRA"}

	const secretURL = "https://cnryuser:cnrypass@shop.canary.example/order/cnrytoken9A8B7C6D5E4F/page;jsessionid=cnrysession?q=cnryquery&x=1#cnryfragment"
	r = Site()
	r.ID = "canary2canary3"
	r.URL = secretURL
	r.Tool.OS = "Debian on cnryhost"
	r.Secrets = &report.Secrets{
		Computers: []string{"cnryhost"}, Users: []string{"cnryhome", "cnryfullname"}, Homes: []string{"/home/cnryhome"},
	}
	f := &r.Verdict.Facts
	f.Host, f.Hop = "shop.canary.example", "shop.canary.example"
	f.Proxy, f.VPN, f.Resolver, f.Portal = "cnryproxy.corp:3128", "cnryvpn", "10.99.0.53", "http://cnryportal.hotel/login?mac=cnryquery"
	f.Answered, f.Detail, f.Direct = "192.168.199.80", "cnryhost says no to cnryhome at "+secretURL, "502 Bad Gateway"
	f.Program, f.Issuer = "Shield of cnryfullname", "Root of cnryhost"
	args := map[string]any{
		"Resolver": "10.99.0.53", "Proxy": "cnryproxy.corp:3128", "VPN": "cnryvpn", "Portal": "http://cnryportal.hotel/?cnryquery",
		"URL": "http://cnrypac.corp/proxy.pac?k=cnrypacquery", "Answer": "192.168.199.80", "Address": "192.168.199.80",
		"What": "/home/cnryhome/.config/proxy", "Names": []string{"cnryhost", "shop.canary.example"}, "Name": "block page for cnryhome",
	}
	args["Status"] = "407 Sign in as cnryreason"
	r.Verdict.Reasons = append(r.Verdict.Reasons, verdict.Finding{Code: verdict.ReasonProxySays, Args: args})
	r.Verdict.Notes = append(r.Verdict.Notes, verdict.Finding{Code: verdict.NoteVPNFine, Args: map[string]any{"VPN": "cnryvpn"}})
	r.Steps[0].Finding.Args["Detail"] = "cnryhost"

	ev := &r.Evidence
	ev.Target = evidence.Target{URL: secretURL, Scheme: "https", Host: f.Host, DisplayHost: f.Host, Port: 443, Hint: "at " + secretURL}
	sys := ev.System
	sys.Interfaces = append(sys.Interfaces, evidence.Interface{
		Name: "cnryiface", Kind: "wifi", Up: true, Addresses: []string{"192.168.199.42", "2001:db8:cafe:1::42/64"},
	})
	route := evidence.Route{Destination: "203.0.113.10", Interface: "cnryiface", Gateway: "192.168.199.1", Source: "192.168.199.42"}
	sys.DefaultV4, sys.SiteRoutes = &route, append(sys.SiteRoutes, route)
	sys.Nameservers = append(sys.Nameservers, evidence.Nameserver{Address: "10.99.0.53", Interface: "cnryiface", Source: "windows", Domains: []string{"cnrydomain.lan"}})
	sys.Hosts = []evidence.HostsEntry{{File: "/home/cnryhome/hosts", Line: 3, Address: "192.168.199.80", Name: f.Host}}
	sys.Proxy = evidence.Proxy{
		Configured: true, InUse: true, URL: "http://cnryproxyuser:cnryproxypass@cnryproxy.corp:3128", HasCredentials: true, Source: "pac",
		PACURL: "http://cnrypac.corp/wpad.dat?k=cnrypacquery", PACResult: "PROXY cnryproxy.corp:3128; DIRECT",
		PACFault: &evidence.Fault{Operation: evidence.Connect, Failure: evidence.Timeout, Detail: "dial 192.168.199.80:80 from cnryhost"},
	}
	sys.VPNs = []evidence.VPN{{Name: "cnryvpn", Interface: "cnryiface", Kind: "tun", CarriesSite: true}}
	sys.Unread = []evidence.Unread{{What: "winhttp", Failure: evidence.PermissionDenied, Detail: `C:\Users\cnryhome\AppData, MAC 02:42:ac:11:00:02`}}

	ev.Tries = ev.Tries[:1]
	hop := &ev.Tries[0].Hops[0]
	ev.Tries[0].URL, hop.URL, hop.Host = secretURL, secretURL, f.Host
	res := hop.Response
	res.Title = "502 for cnrymail@canary.example, your IP is 198.51.100.77 (02:42:ac:11:00:02, SSID: cnryssid), you asked " + secretURL + " Authorization: cnrybearer"
	for k, v := range map[string]string{
		"set-cookie": "s=cnrycookie", "cookie": "s=cnrycookie", "authorization": "Bearer cnrybearer", "x-forwarded-for": "198.51.100.77",
		"www-authenticate": "Basic realm=cnryhome", "location": "/login?next=cnrynext#cnryfragment", "via": "1.1 cnryproxy.corp (squid)",
		"server": "cnryhost at 192.168.199.42", "x-made-up": "cnrycookie",
	} {
		res.Header[k] = v
	}
	hop.TLS.Chain[0].Subject, hop.TLS.Chain[0].Issuer = "shop for cnryhome", "Shield Root of cnryfullname on cnryhost"
	res.Statement = &evidence.Statement{By: "Cloudflare", Title: "Error for 198.51.100.77"}
	res.ProxyStatus = []evidence.ProxyStatus{{Proxy: "cnryproxy.corp", Details: "to 192.168.199.80 for cnryhome"}}
	hop.Fault = &evidence.Fault{Operation: evidence.HTTPBody, Failure: evidence.EOF, Detail: "read tcp 192.168.199.42:50122->203.0.113.10:443: cnryhost"}
	ev.Tries[0].Fault = hop.Fault

	proxied := evidence.Fetch{URL: secretURL, Way: evidence.ViaProxy, Started: Started, Hops: []evidence.Hop{{
		URL: secretURL, Host: f.Host, Address: "192.168.199.80", Connects: []evidence.Dial{{Address: "192.168.199.80", Port: 3128}},
		ProxyReply: &evidence.Response{Status: 407, StatusLine: "407 Sign in as cnryreason", Title: "Hello cnryfullname", Header: map[string]string{"server": "cnryproxy.corp"}},
	}}}
	ev.Around = &proxied
	ev.ProxyDial = &evidence.Dial{Address: "192.168.199.80", Port: 3128}
	ev.Portals = append(ev.Portals, evidence.PortalCheck{
		Operator: "Mozilla", Foreign: true, LeadsTo: "http://cnryportal.hotel/login?mac=cnryquery",
		Fetch: evidence.Fetch{URL: "http://detectportal.firefox.com/", Way: evidence.ViaDirect, Hops: []evidence.Hop{
			{URL: "http://detectportal.firefox.com/", Host: "detectportal.firefox.com", Response: &evidence.Response{
				Status: 302, StatusLine: "302 Found", Header: map[string]string{"location": "http://cnryportal.hotel/login?mac=cnryquery"},
			}},
			{
				URL: "http://cnryportal.hotel/login?mac=cnryquery", Host: "cnryportal.hotel", Address: "192.168.199.1",
				Response: &evidence.Response{Status: 200, StatusLine: "200 OK", Title: "Welcome cnryfullname to cnryportal.hotel"},
			},
		}},
	})
	ev.Resolvers = append(ev.Resolvers, evidence.ResolverView{Name: "10.99.0.53", Address: "10.99.0.53", Role: evidence.RoleConfigured, Answers: []evidence.Answer{
		{
			Resolver: "10.99.0.53", Role: evidence.RoleConfigured, Transport: evidence.OverUDP, Name: f.Host, Type: "A", Addresses: []string{"192.168.199.80"}, RCode: "NOERROR",
			ExtendedErrors: []evidence.ExtendedError{{Code: 15, Text: "blocked for cnryhome at 192.168.199.42"}},
		},
	}})
	ev.Addresses = append(ev.Addresses, evidence.AddressCheck{Address: "192.168.199.80", From: []string{"10.99.0.53"}, Hop: evidence.Hop{URL: secretURL, Host: f.Host}})
	return r, never, chosen, always
}
