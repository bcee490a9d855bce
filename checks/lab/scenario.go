//go:build linux

package lab

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"isitme/checks/verdict"
)

// Scenario is one fault of the internet and the answer that a visitor should get.
type Scenario struct {
	// Name is what a person would call it; Key makes a word of it.
	Name string
	// Break damages the world, in order.
	Break []fault
	// Address is what the visitor types.
	Address string
	// Want is the answer of VERDICTS.md.
	Want Want
	// Within is the longest time it may take, where the computer has that time for it.
	Within time.Duration
	// Proof shows the fault with other tools than the program. It must hold before the program is asked, and must not
	// hold where nothing is broken, unless Healthy says that there is no fault to show.
	Proof   []Proof
	Healthy bool
	// Flags are given to `isitme check` before the address; Interrupt is when Ctrl-C is pressed.
	Flags     []string
	Interrupt time.Duration
	// Hops are redirects of the first try, which do not count as requests to the site.
	Hops int
	// Tunnel says that it takes /dev/net/tun, which some machines reserve for root.
	Tunnel bool
}

// Want is an answer, with the certainties that are allowed for it.
type Want struct {
	Who         verdict.Who
	Cause       verdict.Cause
	Certainties []verdict.Certainty
}

// want is an answer with the certainties allowed; none allows both kinds of knowing.
func want(cause verdict.Cause, certainties ...verdict.Certainty) Want {
	w := Want{Cause: cause, Certainties: certainties}
	for _, c := range verdict.Causes() {
		if c.Cause == cause {
			w.Who = c.Who
		}
	}
	if len(certainties) == 0 {
		w.Certainties = []verdict.Certainty{verdict.Certain, verdict.Likely}
	}
	return w
}

// String is the answer as the table shows it.
func (w Want) String() string { return string(w.Who) + "/" + string(w.Cause) }

// allows reports whether a verdict is the answer wanted.
func (w Want) allows(v verdict.Verdict) bool {
	return v.Who == w.Who && v.Cause == w.Cause && slices.Contains(w.Certainties, v.Certainty)
}

// Key is the scenario's name as one word, for the command line.
func (s Scenario) Key() string {
	return strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(s.Name), "-"), "-")
}

// Proof is one look at the world with an independent tool.
type Proof struct {
	// Command runs on the visitor's computer, on the site's side of the world, or on a computer in a country.
	Command  string
	Far      bool
	Country  string
	Shows    string // regular expression that must match what it prints
	ShowsNot string // regular expression that must not
}

// curl visits an address and expects a status, or a part of curl's own error message.
func curl(address, shows string, options ...string) Proof {
	command := strings.Join(append([]string{"curl -sS -m 4 -o /dev/null -w %{http_code}"}, options...), " ")
	return Proof{Command: command + " " + address, Shows: shows}
}

// dig asks a name server for a name and expects something in the short answer, or in dig's comment with +comments
// among the options.
func dig(server, name, shows string, options ...string) Proof {
	command := strings.Join(append([]string{"dig +tries=1 +time=2", "@" + server, name}, options...), " ")
	return Proof{Command: command, Shows: shows}
}

// far makes a proof of something seen on the site's side of the world.
func far(p Proof) Proof {
	p.Far = true
	return p
}

// in makes a proof of something seen on a computer in a country.
func in(country string, p Proof) Proof {
	p.Country = country
	return p
}

// check looks and returns an error when what it sees is not what the proof says.
func (p Proof) check(r *running) error {
	n := r.visitor
	if p.Far {
		n = r.internet
	}
	if p.Country != "" {
		computer, err := r.computer(p.Country)
		if err != nil {
			return err
		}
		n = computer.namespace
	}
	out, err := r.run(n, delays, 0, strings.Fields(p.Command)...)
	if err != nil {
		return err
	}
	text := out.stderr + out.stdout // what curl -w prints comes last
	if !regexp.MustCompile(p.Shows).MatchString(text) {
		return fmt.Errorf("%s does not show %q:\n%s", p.Command, p.Shows, text)
	}
	if p.ShowsNot != "" && regexp.MustCompile(p.ShowsNot).MatchString(text) {
		return fmt.Errorf("%s shows %q:\n%s", p.Command, p.ShowsNot, text)
	}
	return nil
}

// Shell builds the scenario's world and opens a shell on the visitor's computer, with the program on the path. The
// world ends with the shell.
func (s Scenario) Shell() error {
	r, err := s.build()
	if r != nil {
		defer r.close()
	}
	if err != nil {
		return err
	}
	fmt.Printf("%s\ntry: isitme check %s\n", s.Name, s.Address)
	return r.shell()
}

// proofs is how often a proof may be tried: a busy computer may keep one from holding.
const proofs = 3

// prove checks all proofs of a scenario in a world.
func (s Scenario) prove(r *running) (err error) {
	for range proofs {
		if err = s.proveOnce(r); err == nil {
			return nil
		}
	}
	return err
}

func (s Scenario) proveOnce(r *running) error {
	for _, p := range s.Proof {
		if err := p.check(r); err != nil {
			return err
		}
	}
	return nil
}
