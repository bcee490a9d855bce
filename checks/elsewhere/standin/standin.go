// Package standin plays the Globalping service for tests: it checks every request strictly against the documented
// schema and rules, records everything that it is sent, and answers with the documented shapes. In the lab it stands at
// the service's real name, and its probes really fetch the page.
package standin

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/andybalholm/brotli"
)

// Script is how the service behaves.
type Script struct {
	// Status is the answer to a new measurement in place of 202: 400, 422, 429 or 500. ResetS is told with a 429.
	Status, ResetS int
	// InProgress is how many times a result is asked for before it is there, Never that it never is.
	InProgress int
	Never      bool
	// Delay comes before every reply.
	Delay time.Duration
	// Gone forgets the measurement, Garbage gives a result that is not JSON, Limited refuses to give it until ResetS
	// seconds have passed.
	Gone, Garbage, Limited bool
	// Places are the computers there are, by default those of Places.
	Places []Place
	// Probe is what one computer saw; the zero Probe of a Script gives a healthy page everywhere. The computers work
	// side by side, and what one saw is shown as soon as it is there.
	Probe func(Place, Request) Result
}

// Sent is one request as it came in, with everything in it.
type Sent struct {
	Method, Path string
	Header       http.Header
	Body         string
}

// Service is the stand-in, an http.Handler for the paths under /v1.
type Service struct {
	mu         sync.Mutex
	script     Script
	sent       []Sent
	complaints []string
	running    map[string]*running
}

type running struct {
	mu       sync.Mutex
	request  Request
	tests    []*test
	polls    int
	answered time.Time
	tagged   bool
}

// New returns a service that behaves as in script.
func New(script Script) *Service {
	if script.Places == nil {
		script.Places = Places()
	}
	return &Service{script: script, running: map[string]*running{}}
}

// Sent returns every request so far.
func (s *Service) Sent() []Sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Sent(nil), s.sent...)
}

// Complaints returns what was against the documented rules.
func (s *Service) Complaints() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.complaints...)
}

// minPace is how long a client waits after a reply before it asks for the same result again, less the clock's tolerance.
const minPace = 490 * time.Millisecond

func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 64<<10))
	if err != nil {
		return
	}
	s.mu.Lock()
	s.sent = append(s.sent, Sent{Method: r.Method, Path: r.URL.RequestURI(), Header: r.Header.Clone(), Body: string(body)})
	script := s.script
	s.mu.Unlock()
	s.checkHeader(r)
	select {
	case <-time.After(script.Delay):
	case <-r.Context().Done():
		return
	}
	switch id, isResult := strings.CutPrefix(r.URL.Path, "/v1/measurements/"); {
	case r.Method == http.MethodPost && r.URL.Path == "/v1/measurements":
		s.create(w, r, body)
	case r.Method == http.MethodGet && isResult:
		s.result(w, r, id)
	default:
		s.complain("%s %s is not documented", r.Method, r.URL.Path)
		replyError(w, r, http.StatusNotFound, "not_found")
	}
}

func (s *Service) complain(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.complaints = append(s.complaints, fmt.Sprintf(format, args...))
}

func (s *Service) checkHeader(r *http.Request) {
	if agent := r.UserAgent(); agent == "" || strings.HasPrefix(agent, "Go-http-client") {
		s.complain("%s: no User-Agent of its own", r.URL.Path)
	}
	for _, encoding := range []string{"br", "gzip"} {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), encoding) {
			s.complain("%s: does not accept %s", r.URL.Path, encoding)
		}
	}
	if r.URL.RawQuery != "" {
		s.complain("%s: has a query", r.URL.Path)
	}
}

func (s *Service) create(w http.ResponseWriter, r *http.Request, body []byte) {
	request, err := Read(body)
	if err == nil && r.Header.Get("Content-Type") != "application/json" {
		err = fmt.Errorf("content type %q", r.Header.Get("Content-Type"))
	}
	if err != nil {
		s.complain("%v in %s", err, body)
		replyError(w, r, http.StatusBadRequest, "validation_error")
		return
	}
	switch s.script.Status {
	case 0:
	case http.StatusBadRequest:
		replyError(w, r, http.StatusBadRequest, "validation_error")
		return
	case http.StatusUnprocessableEntity:
		replyError(w, r, http.StatusUnprocessableEntity, "no_probes_found")
		return
	case http.StatusTooManyRequests:
		w.Header().Set("X-RateLimit-Limit", "250")
		w.Header().Set("X-RateLimit-Remaining", "0")
		w.Header().Set("X-RateLimit-Reset", fmt.Sprint(s.script.ResetS))
		replyError(w, r, http.StatusTooManyRequests, "rate_limit_exceeded")
		return
	default:
		replyError(w, r, s.script.Status, "api_error")
		return
	}
	places := choose(s.script.Places, request.Locations)
	if len(places) == 0 {
		replyError(w, r, http.StatusUnprocessableEntity, "no_probes_found")
		return
	}
	m := &running{request: request, answered: time.Now()}
	for _, place := range places {
		m.tests = append(m.tests, begin(place, request, s.script.Probe))
	}
	s.mu.Lock()
	id := fmt.Sprintf("Stand1n%dMeasurement", len(s.running)+1)
	s.running[id] = m
	s.mu.Unlock()
	w.Header().Set("Location", "https://api.globalping.io/v1/measurements/"+id)
	reply(w, r, http.StatusAccepted, map[string]any{"id": id, "probesCount": len(m.tests)}, "")
}

func (s *Service) result(w http.ResponseWriter, r *http.Request, id string) {
	s.mu.Lock()
	m := s.running[id]
	s.mu.Unlock()
	if m == nil || s.script.Gone {
		replyError(w, r, http.StatusNotFound, "not_found")
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if wait := time.Since(m.answered); wait < minPace {
		s.complain("asked again after %v", wait)
	}
	defer func() { m.answered = time.Now() }()
	if s.script.Garbage {
		reply(w, r, http.StatusOK, nil, "<html>not JSON")
		return
	}
	if s.script.Limited {
		w.Header().Set("X-RateLimit-Reset", fmt.Sprint(s.script.ResetS))
		replyError(w, r, http.StatusTooManyRequests, "rate_limit_exceeded")
		return
	}
	if m.tagged && r.Header.Get("If-None-Match") == "" {
		s.complain("%s: asked again without the ETag", id)
	}
	m.polls++
	status, results, shown := m.progress(s.script.Never || m.polls <= s.script.InProgress)
	tag := fmt.Sprintf(`W/"%s-%s-%d"`, id, status, shown)
	w.Header().Set("ETag", tag)
	m.tagged = true
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	now := time.Now().UTC().Format("2006-01-02T15:04:05.000Z")
	reply(w, r, http.StatusOK, map[string]any{
		"id": id, "type": "http", "status": status, "createdAt": now, "updatedAt": now, "target": m.request.Target,
		"probesCount": len(m.tests), "locations": m.request.Locations, "measurementOptions": m.request.Options, "results": results,
	}, "")
}

// progress is how far the measurement is and what it has found so far, shown being how many results that is. Held back,
// it shows the first computer's result at most.
func (m *running) progress(heldBack bool) (status string, results []map[string]any, shown int) {
	status = "finished"
	for i, t := range m.tests {
		show := t.finished() && (!heldBack || i == 0)
		if show {
			shown++
		} else {
			status = "in-progress"
		}
		results = append(results, t.shape(show))
	}
	if heldBack {
		status = "in-progress"
	}
	return status, results, shown
}

func replyError(w http.ResponseWriter, r *http.Request, status int, kind string) {
	reply(w, r, status, map[string]any{"error": map[string]any{"type": kind, "message": "stand-in: " + kind}}, "")
}

// reply writes JSON, or plain where value is nil, in the encoding that the client prefers.
func reply(w http.ResponseWriter, r *http.Request, status int, value any, plain string) {
	body := []byte(plain)
	if value != nil {
		var err error
		if body, err = json.Marshal(value); err != nil {
			panic(err)
		}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	var to io.WriteCloser
	switch accepted := r.Header.Get("Accept-Encoding"); {
	case strings.Contains(accepted, "br") && status == http.StatusOK:
		w.Header().Set("Content-Encoding", "br")
		to = brotli.NewWriter(w)
	case strings.Contains(accepted, "gzip"):
		w.Header().Set("Content-Encoding", "gzip")
		to = gzip.NewWriter(w)
	}
	w.WriteHeader(status)
	if to == nil {
		_, _ = w.Write(body)
		return
	}
	_, _ = to.Write(body)
	_ = to.Close()
}
