// Package elsewhere asks computers in other places to open the site's front page: a second opinion through the public
// Globalping network, written from its documented API (https://globalping.io/docs/api.globalping.io). It runs only after
// the visitor's yes, sends nothing but the site's scheme, name and port, and reduces what comes back to what was seen.
// It draws no conclusion beyond one computer's vote.
package elsewhere

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

// Service is the name that people know, DefaultEndpoint the address of its API.
const (
	Service         = "Globalping"
	DefaultEndpoint = "https://api.globalping.io/v1"
)

// The reasons for having no opinion, as in evidence.Elsewhere.Unavailable.
const (
	quota       = "quota"
	unreachable = "unreachable"
	refused     = "refused"
	timedOut    = "timeout"
	malformed   = "malformed"
	stopped     = "stopped"
)

const (
	patience = 15 * time.Second // for the whole opinion
	// probePatience is what each probe is told, in seconds; it leaves time to fetch what they saw.
	probePatience = 10
	pace          = 500 * time.Millisecond // the API's rule: two requests a second, counted from the last reply
)

// Client asks the service. The zero value of every field but Env is useful.
type Client struct {
	Env *environment.Environment
	// Endpoint replaces DefaultEndpoint, Token is sent as a bearer token where there is one.
	Endpoint, Token string
	// UserAgent is required by the API; by default "IsItMe/VERSION".
	UserAgent string
	// Progress, where set, is called with how many of the probes have answered.
	Progress func(done, all int)

	patience time.Duration // in place of the constant, for tests
}

// Useful reports whether a second opinion could tell more than a verdict does.
func Useful(ev *evidence.Evidence, v verdict.Verdict) bool {
	if ev.Target.Private || ev.Elsewhere != nil || v.Cause == verdict.Stopped {
		return false
	}
	return v.Who == verdict.Unknown || slices.Contains(v.Settle, "elsewhere")
}

// Ask returns what computers elsewhere see of the target's front page. Country is the visitor's, ISO 3166-1 alpha-2, or
// empty where it is not known. It takes 15 s at most and ends at once with ctx; what has come in by then counts. An
// opinion that could not be had says why, and is never an error. Private targets are refused before anything is sent.
func (c *Client) Ask(ctx context.Context, target evidence.Target, country string) evidence.Elsewhere {
	opinion := evidence.Elsewhere{Service: Service, Target: Told(target)}
	if target.Private {
		opinion.Unavailable = refused
		return opinion
	}
	limit := c.patience
	if limit == 0 {
		limit = patience
	}
	bounded, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	client, done := c.client(bounded)
	defer done()
	s := session{Client: c, http: client}
	err := s.run(bounded, target, country, &opinion)
	if err != nil && len(opinion.Views) == 0 {
		opinion.Unavailable, opinion.RetryInS = reason(ctx, bounded, err)
	}
	return opinion
}

// Told is all that the service is told about the target: its scheme, name and port.
func Told(target evidence.Target) string {
	host := target.Host
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if target.Port != defaultPort(target.Scheme) {
		host += ":" + strconv.Itoa(target.Port)
	}
	return target.Scheme + "://" + host
}

func defaultPort(scheme string) int {
	if scheme == "http" {
		return 80
	}
	return 443
}

// session is one measurement: its creation and the questions for its result.
type session struct {
	*Client
	http *http.Client
	last time.Time // when the last reply was in
	etag string
}

func (s *session) run(ctx context.Context, target evidence.Target, country string, opinion *evidence.Elsewhere) error {
	id, err := s.create(ctx, target, country)
	if err != nil {
		return err
	}
	opinion.ID = id
	for {
		m, err := s.poll(ctx, id)
		if err != nil {
			return err
		}
		if m == nil {
			continue // nothing new
		}
		opinion.Views = m.views()
		if s.Progress != nil {
			s.Progress(min(len(opinion.Views), m.ProbesCount), m.ProbesCount)
		}
		if m.Status != "in-progress" {
			if len(opinion.Views) == 0 {
				return fault{reason: malformed}
			}
			return nil
		}
	}
}

// fault is why the service gave no opinion.
type fault struct {
	reason string
	retry  int // seconds until a quota is free again
	cause  error
}

func (f fault) Error() string { return fmt.Sprintf("no second opinion: %s (%v)", f.reason, f.cause) }

func (f fault) Unwrap() error { return f.cause }

// reason names the fault. What happened to the caller's context goes before what it caused in a request.
func reason(ctx, bounded context.Context, err error) (string, int) {
	var f fault
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return stopped, 0
	case bounded.Err() != nil:
		return timedOut, 0
	case errors.As(err, &f):
		return f.reason, f.retry
	default:
		return unreachable, 0
	}
}
