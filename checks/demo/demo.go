// Package demo runs small broken internets on loopback, so that anybody can see a verdict without waiting for an
// outage: real servers, real probes, a real verdict. Nothing leaves the computer.
package demo

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"slices"

	"github.com/miekg/dns"

	"isitme/checks/environment"
	"isitme/checks/loopback"
)

// site is where the demonstrated site lives; names under .example belong to nobody (RFC 2606).
const (
	siteName    = "shop.example"
	siteAddress = "198.51.100.80"
)

// scene is one demonstration: what it breaks.
type scene struct {
	name  string
	build func(*loopback.World)
}

var scenes = []scene{
	{"bad-gateway", func(w *loopback.World) { serve(w, gatewayWithoutServer()) }},
	{"blocked-name", func(w *loopback.World) {
		serve(w, loopback.Page)
		blocked := loopback.RCode(dns.RcodeNameError, dns.ExtendedErrorCodeBlocked)
		w.OS.Set(siteName, blocked)
		w.Router.Set(siteName, blocked)
	}},
	{"healthy", func(w *loopback.World) { serve(w, loopback.Page) }},
	{"expired-certificate", func(w *loopback.World) {
		w.ServeTLS(siteAddress+":443", w.Authority.Expired(siteName), loopback.Page)
	}},
	{"dead-proxy", func(w *loopback.World) {
		serve(w, loopback.Page)
		w.UseProxy("http://192.168.1.2:3128")
		w.Refuse("192.168.1.2:3128")
	}},
}

// Names are the demonstrations, the first being the one to show when none is asked for.
func Names() []string {
	var names []string
	for _, s := range scenes {
		names = append(names, s.name)
	}
	return names
}

// Demo is a demonstration that is under way.
type Demo struct {
	// Environment is the small internet; Address is the page to check in it.
	Environment environment.Environment
	Address     string
	world       *loopback.World
}

// Start starts the named demonstration, one of Names. Version is as in the environment. Close ends it.
func Start(name, version string) (*Demo, error) {
	at := slices.IndexFunc(scenes, func(s scene) bool { return s.name == name })
	if at < 0 {
		return nil, fmt.Errorf("no example called %q", name)
	}
	w, err := loopback.New()
	if err != nil {
		return nil, err
	}
	w.Limits = environment.DefaultLimits()
	w.AddHost(siteName, siteAddress)
	scenes[at].build(w)
	env := *w.Environment()
	env.Version = version
	return &Demo{Environment: env, Address: "https://" + siteName + "/summer", world: w}, nil
}

// Close ends the servers.
func (d *Demo) Close() { d.world.Close() }

func serve(w *loopback.World, handler http.Handler) {
	w.ServeTLS(siteAddress+":443", w.Authority.Valid(siteName), handler)
}

// gatewayWithoutServer is a real reverse proxy whose server is gone: nothing listens on port 1 of this computer.
func gatewayWithoutServer() http.Handler {
	proxy := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: "127.0.0.1:1"})
	proxy.ErrorLog = log.New(io.Discard, "", 0) // its failure is the point of the scene
	return proxy
}
