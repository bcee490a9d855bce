//go:build linux

package lab

import (
	"time"

	"isitme/checks/verdict"
)

func siteScenarios() []Scenario {
	return []Scenario{
		{
			Name:    "nginx, nothing behind it",
			Break:   []fault{behind(nginx(noBackend))},
			Address: "https://shop.example.org/cart",
			Want:    want(verdict.BadGateway, verdict.Certain),
			Within:  12 * time.Second,
			Proof:   []Proof{curl("https://shop.example.org/cart", "^502$")},
		},
		{
			Name:    "HAProxy has no server left",
			Break:   []fault{behind(haproxy(noBackend, "server shop "+backendAddress))},
			Address: "https://shop.example.org/cart",
			Want:    want(verdict.Overloaded, verdict.Certain),
			Within:  12 * time.Second,
			Proof:   []Proof{curl("https://shop.example.org/cart", "^503$")},
		},
		{
			Name:    "Apache, nothing behind it",
			Break:   []fault{behind(apache(noBackend))},
			Address: "https://shop.example.org/cart",
			Want:    want(verdict.Overloaded, verdict.Certain),
			Within:  12 * time.Second,
			Proof:   []Proof{curl("https://shop.example.org/cart", "^503$")},
		},
		{
			Name:    "Caddy, nothing behind it",
			Break:   []fault{behind(caddy(noBackend))},
			Address: "https://shop.example.org/cart",
			Want:    want(verdict.BadGateway, verdict.Certain),
			Within:  12 * time.Second,
			Proof:   []Proof{curl("https://shop.example.org/cart", "^502$")},
		},
		{
			Name:    "Varnish cannot fetch from its backend",
			Break:   []fault{behind(varnish(noBackend))},
			Address: "https://shop.example.org/cart",
			Want:    want(verdict.Overloaded, verdict.Certain),
			Within:  12 * time.Second,
			Proof:   []Proof{curl("https://shop.example.org/cart", "(?i)Retry-After: 5(?s:.*)503$", "-D", "-", "--http1.1")},
		},
	}
}
