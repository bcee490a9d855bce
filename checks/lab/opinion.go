//go:build linux

package lab

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"isitme/checks/elsewhere/standin"
	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

// opinion is the service that asks computers elsewhere, and what they are to see in a scenario.
type opinion struct {
	standin.Script
	// off leaves the service's address there with nobody listening.
	off bool
	// token is what the visitor's settings have for the service.
	token string
	// sees is what the report is to say of each computer: its country and "+" where the site is up, "~" where it turns
	// robots away, "-" where it is down, "?" where that is not known; or why there is no opinion, or notAsked.
	sees string
}

// notAsked is what the report says when nobody elsewhere was asked.
const notAsked = "not asked"

// secret is in everything that must not leave the visitor's computer: path, query, cookies, environment.
const secret = "s3cret"

// globalping puts the service at its real name, with computers in several countries that really fetch the page, and
// holds what it is sent against what may leave the visitor's computer.
func globalping(o opinion) fault {
	return func(w *world) {
		with("SHOP_TOKEN=" + secret)(w)
		w.site(globalpingHost, func(r *running, s *site) error { return o.open(r, s) }, globalpingAddress).bystander = true
	}
}

// open puts the service into service.
func (o opinion) open(r *running, s *site) error {
	if err := r.settleAbroad(standin.Places()); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	r.atClose(cancel)
	script := o.Script
	script.Probe = func(at standin.Place, q standin.Request) standin.Result {
		i := slices.IndexFunc(r.abroad, func(a abroad) bool { return a.City == at.City })
		return r.abroad[i].visit(ctx, r, q)
	}
	service := standin.New(script)
	r.audits = append(r.audits, func(result Result) []string { return o.audit(result, service) })
	if o.off {
		return nil
	}
	chain, err := r.authority.issue(s.certificate, r.now(), s.host)
	if err != nil {
		return err
	}
	front := http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if strings.HasPrefix(q.UserAgent(), "curl/") { // a proof's look at it, not the program's
			http.NotFound(w, q)
			return
		}
		service.ServeHTTP(w, q)
	})
	return r.http(r.internet, withPort(globalpingAddress, "443"), front, &tls.Config{Certificates: []tls.Certificate{chain}})
}

// audit says what is wrong with what the service was sent and with what the report makes of its answer.
func (o opinion) audit(result Result, service *standin.Service) []string {
	var wrong []string
	complain := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	sent := service.Sent()
	if got := seen(result.Report.Evidence.Elsewhere); got != o.sees {
		complain("elsewhere: %s, want %s", got, o.sees)
	}
	if o.sees == notAsked && len(sent) > 0 {
		complain("the service was asked without consent: %v", sent)
	}
	for _, c := range service.Complaints() {
		complain("against the service's rules: %s", c)
	}
	for _, s := range sent {
		if got := strings.TrimPrefix(s.Header.Get("Authorization"), "Bearer "); got != o.token {
			complain("the token %q, want %q", got, o.token)
		}
		if err := leaves(s, result.Scenario.Address); err != nil {
			complain("left the visitor's computer: %v", err)
		}
	}
	return append(wrong, said(result)...)
}

// seen is a second opinion in the notation of opinion.sees.
func seen(e *evidence.Elsewhere) string {
	if e == nil {
		return notAsked
	}
	if e.Unavailable != "" {
		return e.Unavailable
	}
	var all []string
	for _, v := range e.Views {
		mark := "?"
		switch {
		case v.RefusesRobots:
			mark = "~"
		case v.Up:
			mark = "+"
		case v.Down:
			mark = "-"
		}
		all = append(all, v.Country+mark)
	}
	return strings.Join(all, " ")
}

// mayLeave are the headers of a request to the service: none of them tells anything about the visit.
var mayLeave = []string{"Accept", "Accept-Encoding", "Content-Length", "Content-Type", "If-None-Match", "User-Agent"}

// leaves holds one request to the service against what may leave the visitor's computer for an address: the site's name,
// scheme and port.
func leaves(s standin.Sent, address string) error {
	all, err := json.Marshal(s)
	if err != nil {
		return err
	}
	for name := range s.Header {
		if !slices.Contains(mayLeave, name) && name != "Authorization" {
			return fmt.Errorf("the header %s: %s", name, all)
		}
	}
	if strings.Contains(string(all), secret) {
		return fmt.Errorf("a secret: %s", all)
	}
	if s.Body == "" {
		return nil
	}
	q, err := standin.Read([]byte(s.Body))
	if err != nil {
		return err
	}
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	r := q.HTTP.Request
	if q.Target != u.Hostname() || !strings.EqualFold(q.HTTP.Protocol, u.Scheme) || r.Path != "/" || r.Query != "" || r.Host != "" || r.Headers != nil {
		return fmt.Errorf("more or else than name and scheme: %s", s.Body)
	}
	return nil
}

// said holds what the report says about the second opinion, and what was said before it was asked, against the opinion.
func said(result Result) []string {
	var wrong []string
	must := func(ok bool, what string) {
		if !ok {
			wrong = append(wrong, "elsewhere: "+what)
		}
	}
	v, e := result.Report.Verdict, result.Report.Evidence.Elsewhere
	if e == nil {
		return nil
	}
	steps := result.Report.Steps
	last := steps[len(steps)-1]
	must(last.Step == evidence.StepElsewhere, "no row of its own")
	noted := func(code string) bool {
		return slices.ContainsFunc(v.Notes, func(f verdict.Finding) bool { return f.Code == code })
	}
	must(noted(verdict.NoteElsewhereNone) == (e.Unavailable != ""), "the notes do not say that there is no opinion")
	up, down := 0, 0
	for _, v := range e.Views {
		if v.Up {
			up++
		}
		if v.Down {
			down++
		}
	}
	// One place alone is told of too, for it decides nothing.
	must(noted(verdict.NoteElsewhereMixed) == (up > 0 && (down > 0 || up == 1)), "the notes do not say that it is up in some places only")
	must(strings.Contains(strings.Join(strings.Fields(result.Said), " "), e.Target+" "), "nobody said that "+e.Target+" leaves this computer:\n"+result.Said)
	must(!strings.Contains(result.Said, secret) || strings.Contains(result.Scenario.Address, secret), "a secret was said")
	return wrong
}
