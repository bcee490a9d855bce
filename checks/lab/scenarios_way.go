//go:build linux

package lab

import (
	"net"
	"time"

	"isitme/checks/verdict"
)

// wayFaults are scenarios whose fault lies in a proxy, a VPN, the clock or something in the way.
func wayFaults() []Scenario {
	return []Scenario{
		{
			Name: "nothing listens at the proxy's address", Address: cart,
			Break: []fault{proxied(proxyAt)},
			Want:  want(verdict.ProxyUnreachable, verdict.Certain), Within: 15 * time.Second,
			Proof: []Proof{curl(cart, `\(7\).*3128`), curl(cart, "^200$", "--noproxy", "*")},
		},
		{
			Name: "the proxy's computer is off", Address: cart,
			Break: []fault{proxied("192.168.178.99:3128")},
			Want:  want(verdict.ProxyUnreachable), Within: 25 * time.Second,
			Proof: []Proof{curl(cart, `\((7|28)\)`, "-m", "4"), curl(cart, "^200$", "--noproxy", "*")},
		},
		{
			Name: "the proxy's name does not exist", Address: cart,
			Break: []fault{proxied("proxy.brightwood.example.net:3128")},
			Want:  want(verdict.ProxyUnreachable), Within: 15 * time.Second,
			Proof: []Proof{curl(cart, `\(5\)`)},
		},
		{
			Name: "the proxy forbids this site (Squid)", Address: cart,
			Break: []fault{squid("acl shops dstdomain .example.org", "http_access deny shops"), proxied(proxyAt)},
			Want:  want(verdict.ProxyRefuses), Within: 15 * time.Second,
			Proof: []Proof{curl(cart, "403", "-w", "%{http_connect}"), curl("https://www.google.com/", "^200$"), curl(cart, "^200$", "--noproxy", "*")},
		},
		{
			Name: "the proxy forbids this site over plain http (Squid)", Address: "http://shop.example.org/",
			Break: []fault{squid("acl shops dstdomain .example.org", "http_access deny shops"), proxied(proxyAt)},
			Want:  want(verdict.ProxyRefuses), Within: 15 * time.Second,
			Proof: []Proof{curl("http://shop.example.org/", "^403$"), curl("http://shop.example.org/", "^200$", "--noproxy", "*")},
		},
		{
			Name: "the proxy wants a password (Squid)", Address: cart,
			Break: []fault{
				squid("auth_param basic program /usr/lib/squid/basic_fake_auth", "acl known proxy_auth REQUIRED", "http_access deny !known"),
				proxied(proxyAt),
			},
			Want: want(verdict.ProxyRefuses, verdict.Certain), Within: 15 * time.Second,
			Proof: []Proof{curl(cart, "407", "-w", "%{http_connect}"), curl(cart, "^200:200$", "-U", "a:b", "-w", "%{http_connect}:%{http_code}")},
		},
		{
			Name: "the proxy's filter forbids this site (Tinyproxy)", Address: cart,
			Break: []fault{tinyproxyFilter("shop"), proxied(proxyAt)},
			Want:  want(verdict.ProxyRefuses), Within: 15 * time.Second,
			Proof: []Proof{curl(cart, "403", "-w", "%{http_connect}"), curl("https://www.google.com/", "^200$")},
		},
		{
			Name: "the proxy cannot reach the site, the visitor could", Address: cart,
			Break: []fault{squid(), proxied(proxyAt), blocking(homeOut, "ip daddr "+shopAddress+" reject")},
			Want:  want(verdict.ProxyError), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, "50[0-9]", "-w", "%{http_connect}"), curl(cart, "^200$", "--noproxy", "*")},
		},
		{
			Name: "the proxy cannot look names up, the visitor could", Address: cart,
			Break: []fault{squid("dns_nameservers 192.168.178.99"), proxied(proxyAt)},
			Want:  want(verdict.ProxyError), Within: whole,
			Proof: []Proof{curl(cart, "50[0-9]", "-m", "10", "-w", "%{http_connect}"), curl(cart, "^200$", "--noproxy", "*")},
		},
		{
			Name: "the proxy cannot reach the site, the visitor could (Tinyproxy)", Address: cart,
			Break: []fault{tinyproxy(), proxied(proxyAt), blocking(homeOut, "ip daddr "+shopAddress+" reject")},
			Want:  want(verdict.ProxyError), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, "50[0-9]", "-w", "%{http_connect}"), curl(cart, "^200$", "--noproxy", "*")},
		},
		{
			Name: "the proxy cannot reach the site over plain http, the visitor could (Tinyproxy)", Address: "http://shop.example.org/",
			Break: []fault{tinyproxy(), proxied(proxyAt), blocking(homeOut, "ip daddr "+shopAddress+" reject")},
			Want:  want(verdict.ProxyError), Within: 20 * time.Second,
			Proof: []Proof{curl("http://shop.example.org/", "50[0-9]$"), curl("http://shop.example.org/", "^200$", "--noproxy", "*")},
		},
		{
			Name: "the SOCKS proxy is not running", Address: cart,
			Break: []fault{with("all_proxy=socks5://127.0.0.1:1080")},
			Want:  want(verdict.ProxyUnreachable), Within: 15 * time.Second,
			Proof: []Proof{curl(cart, `\((7|97)\).*1080`), curl(cart, "^200$", "--noproxy", "*")},
		},
		{
			Name: "the proxy script names a proxy that is off", Address: cart,
			Break: []fault{proxyScript(`return "PROXY 192.168.178.99:3128";`)},
			Want:  want(verdict.ProxyUnreachable), Within: 25 * time.Second,
			Proof: []Proof{
				{Command: "curl -sS http://192.168.178.40/proxy.pac", Shows: "192.168.178.99:3128"},
				curl(cart, `\((7|28)\)`, "-x", "192.168.178.99:3128"), curl(cart, "^200$"),
			},
		},
		{
			Name: "the proxy script cannot be fetched and there is no other way out", Address: cart,
			Break: []fault{
				with("XDG_CURRENT_DESKTOP=KDE"),
				file(".config/kioslaverc", "[Proxy Settings]\nProxyType=2\nProxy Config Script=http://192.168.178.40/proxy.pac\n"),
				blocking(homeForward, "reject"),
			},
			Want: want(verdict.ProxyUnreachable), Within: 25 * time.Second,
			Proof: []Proof{curl("http://192.168.178.40/proxy.pac", `\(7\)`), curl(cart, `\(7\)`)},
		},
		{
			Name: "a VPN holds the route and is dead", Address: cart, Tunnel: true,
			Break: []fault{vpn(true), withoutIPv6},
			Want:  want(verdict.VPNDown), Within: 25 * time.Second,
			Proof: []Proof{{Command: "ip route get 185.26.156.10", Shows: "tun0"}, curl(cart, `\(28\)`, "-m", "2"), curl(cart, "^200$", "--interface", "eth0")},
		},
		{
			Name: "a VPN holds the route of IPv4 and is dead, IPv6 goes beside it", Address: cart, Tunnel: true,
			Break: []fault{vpn(true)},
			Want:  want(verdict.VPNDown), Within: 25 * time.Second,
			Proof: []Proof{{Command: "ip route get 185.26.156.10", Shows: "tun0"}, curl(cart, `\(28\)`, "-m", "2"), curl(cart, "^200$", "--interface", "eth0")},
		},
		{
			Name: "the VPN's exit blocks the site", Address: cart, Tunnel: true, Flags: []string{"--beside-vpn"},
			Break: []fault{vpn(false, "ip daddr "+shopAddress+" drop")},
			Want:  want(verdict.VPNBreaksSite), Within: whole,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2"), curl("https://www.google.com/", "^200$", "-4"), curl(cart, "^200$", "--interface", "eth0")},
		},
		{
			Name: "the computer's clock is a year behind", Address: cart,
			Break: []fault{clockBehind(365 * day)},
			Want:  want(verdict.ClockWrong), Within: 15 * time.Second,
			Proof: []Proof{
				curl(cart, "certificate is not yet valid"), curl("https://www.google.com/", "certificate is not yet valid"),
				{Command: "curl -sS -D - -o /dev/null http://captive.apple.com/", Shows: "(?i)Date: .* " + time.Now().AddDate(0, 0, 365).Format("2006")},
			},
		},
		{
			Name: "the computer's clock is two years ahead", Address: cart,
			Break: []fault{clockBehind(-730 * day)},
			Want:  want(verdict.ClockWrong), Within: 15 * time.Second,
			Proof: []Proof{curl(cart, "certificate has expired"), curl("https://www.google.com/", "certificate has expired")},
		},
		{
			Name: "the clock is five hours behind, the certificate an hour old", Address: cart,
			Break: []fault{clockBehind(5 * time.Hour), secured(certificate{From: -time.Hour})},
			Want:  want(verdict.ClockWrong), Within: 15 * time.Second,
			Proof: []Proof{curl(cart, "certificate is not yet valid"), curl("https://www.google.com/", "^200$")},
		},
		{
			Name: "a company opens secure connections and the computer does not trust it", Address: cart,
			Break: []fault{interceptor(false)},
			Want:  want(verdict.TLSIntercepted), Within: 15 * time.Second,
			Proof: []Proof{
				curl(cart, "self-signed certificate in certificate chain|unable to get"),
				{Command: "openssl s_client -connect 142.250.74.36:443 -servername www.google.com", Shows: "Brightwood"},
			},
		},
		{
			Name: "the provider resets connections that name the site (TLS)", Address: cart,
			Break: []fault{inTheWay("443", middlebox{name: shop, act: reset})},
			Want:  want(verdict.NetworkBlocksSite, verdict.Likely), Within: 20 * time.Second,
			Proof: []Proof{
				curl(cart, `\(35\).*reset`), far(curl(cart, "^200$")),
				curl("https://innocent.example.net/", "^200$", "-k", "--resolve", "innocent.example.net:443:"+shopAddress),
			},
		},
		{
			Name: "the provider swallows connections that name the site (TLS)", Address: cart,
			Break: []fault{inTheWay("443", middlebox{name: shop, act: func(c net.Conn) { hold(c) }})},
			Want:  want(verdict.NetworkBlocksSite, verdict.Likely), Within: whole,
			Proof: []Proof{
				curl(cart, `\(28\)`, "-m", "2"), far(curl(cart, "^200$")),
				curl("https://innocent.example.net/", "^200$", "-k", "--resolve", "innocent.example.net:443:"+shopAddress),
			},
		},
		{
			Name: "the provider ends connections that name the site (TLS)", Address: cart,
			Break: []fault{inTheWay("443", middlebox{name: shop, act: func(net.Conn) {}})},
			Want:  want(verdict.NetworkBlocksSite, verdict.Likely), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, `\(35\)`), far(curl(cart, "^200$"))},
		},
		{
			Name: "the provider resets connections that name the second host", Address: cart,
			Break: []fault{
				behind(page(302, "", "Location: https://login.example.org/in")),
				inTheWay("443", middlebox{name: login, act: reset}),
			},
			Want: want(verdict.NetworkBlocksSite, verdict.Likely), Within: 20 * time.Second, Hops: 1,
			Proof: []Proof{curl(cart, `\(35\).*reset`, "-L"), far(curl("https://login.example.org/", "^200$"))},
		},
		{
			Name: "the provider resets connections that name the site (http)", Address: "http://shop.example.org/",
			Break: []fault{inTheWay("80", middlebox{name: shop, act: reset})},
			Want:  want(verdict.NetworkBlocksSite, verdict.Likely), Within: 20 * time.Second,
			Proof: []Proof{
				curl("http://shop.example.org/", `\(56\).*reset`), far(curl("http://shop.example.org/", "^200$")),
				curl("http://innocent.example.net/", "^200$", "--resolve", "innocent.example.net:80:"+shopAddress),
			},
		},
		{
			Name: "the provider answers in the site's name (http)", Address: "http://shop.example.org/",
			Break: []fault{inTheWay("80", middlebox{name: shop, act: func(c net.Conn) {
				say(c, "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: 70\r\nConnection: close\r\n\r\n"+
					"<title>Blocked</title>This site is blocked by order of the authorities")
			}})},
			Want: want(verdict.NetworkBlocksSite, verdict.Likely), Within: 20 * time.Second,
			Proof: []Proof{curl("http://shop.example.org/", "^403$"), far(curl("http://shop.example.org/", "^200$"))},
		},
		{
			Name: "a site with IPv6 only, and IPv6 leads nowhere here", Address: cart,
			Break: []fault{at(shopIPv6), blocking(homeForward, "meta nfproto ipv6 drop")},
			Want:  want(verdict.IPv6Broken), Within: whole,
			Proof: []Proof{curl(cart, `\(28\)`, "-m", "2"), curl("https://www.google.com/", `\(28\)`, "-6", "-m", "2"), far(curl(cart, "^200$"))},
		},
		{
			Name: "a site with IPv6 only, and no IPv6 here", Address: cart,
			Break: []fault{at(shopIPv6), withoutIPv6},
			Want:  want(verdict.IPv6Missing), Within: 20 * time.Second,
			Proof: []Proof{curl(cart, `\(7\)`), far(curl(cart, "^200$"))},
		},
		{
			Name: "secure connections are dropped here, all of them", Address: cart,
			Break: []fault{blocking(homeForward, closedPorts("tcp", "443"))},
			Want:  want(verdict.HTTPSBlocked), Within: whole,
			Proof: []Proof{curl("https://www.google.com/", `\(28\)`, "-m", "2"), curl("http://shop.example.org/", "^200$")},
		},
		{
			Name: "secure connections are reset here, all of them", Address: cart,
			Break: []fault{inTheWay("443", middlebox{act: reset})},
			Want:  want(verdict.HTTPSBlocked), Within: 25 * time.Second,
			Proof: []Proof{curl("https://www.google.com/", `\(35\)`), curl("http://shop.example.org/", "^200$")},
		},
		{
			Name: "full-sized packets vanish on the line", Address: cart,
			Break: []fault{
				func(w *world) { w.lineMTU = 1400 },
				blocking(homeOut, "icmp type destination-unreachable drop", "icmpv6 type packet-too-big drop"),
				blocking(providerOut, "icmp type destination-unreachable drop", "icmpv6 type packet-too-big drop"),
			},
			Want: want(verdict.LargePacketsLost), Within: whole,
			Proof: []Proof{
				curl("https://www.wikipedia.org/", `\(28\)`, "-m", "2"),
				{Command: "ping -c1 -W1 -M do -s 1300 185.15.59.224", Shows: " 0% packet loss"},
				{Command: "ping -c1 -W1 -M do -s 1472 185.15.59.224", Shows: "100% packet loss"},
			},
		},
		{
			Name: "the line loses the first packets of every connection", Address: cart,
			Break: []fault{losesFirst("tcp"), behind(handle(late(2*time.Second, reply(200, "a shop that takes a while"))))},
			Want:  want(verdict.SlowConnection), Within: whole,
			Proof: []Proof{curl("https://www.wikipedia.org/", `^200:[2-9]\.`, "-m", "19", "-w", "%{http_code}:%{time_connect}")},
		},
		{
			Name: "the line loses the first packets of everything, and names are looked up over it", Address: cart,
			Break: []fault{losesFirst("tcp", "udp"), asks("8.8.8.8")},
			Want:  want(verdict.SlowConnection), Within: whole,
			Proof: []Proof{
				dig("8.8.8.8", shop, "timed out|no servers"), far(dig("8.8.8.8", shop, `185\.26`, "+short")),
				curl("http://17.253.39.202/", `^200:[2-9]\.`, "-m", "19", "-w", "%{http_code}:%{time_connect}"),
			},
		},
		{
			Name: "everything is slow here", Address: cart,
			Break: []fault{inTheWay("80, 443", middlebox{delay: 1100 * time.Millisecond})},
			Want:  want(verdict.SlowConnection), Within: whole,
			Proof: []Proof{curl("https://www.wikipedia.org/", `^200:([4-9]|1[0-9])\.`, "-m", "19", "-w", "%{http_code}:%{time_total}")},
		},
	}
}
