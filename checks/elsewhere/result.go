package elsewhere

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"isitme/checks/evidence"
	"isitme/checks/signature"
)

// measurement is the reply of GET /measurements/{id}, the documented fields that are used.
type measurement struct {
	Status      string `json:"status"`
	ProbesCount int    `json:"probesCount"`
	Results     []struct {
		Probe  vantage `json:"probe"`
		Result result  `json:"result"`
	} `json:"results"`
}

// vantage is the computer that a result comes from, "probe" in the service's words.
type vantage struct {
	Country string   `json:"country"`
	City    string   `json:"city"`
	ASN     int      `json:"asn"`
	Network string   `json:"network"`
	Tags    []string `json:"tags"`
}

// result is what one of them saw.
type result struct {
	Status        string         `json:"status"`
	FailureSource string         `json:"failureSource"`
	RawBody       string         `json:"rawBody"`
	Headers       map[string]any `json:"headers"` // each a string, or a list where it came more than once
	StatusCode    int            `json:"statusCode"`
	Address       string         `json:"resolvedAddress"`
	Timings       struct {
		Total float64 `json:"total"`
	} `json:"timings"`
	TLS *struct {
		Authorized bool   `json:"authorized"`
		Error      string `json:"error"`
	} `json:"tls"`
}

// The sources of a failure, in the service's words.
const (
	bySite     = "target"
	byResolver = "resolver"
	byProbe    = "internal"
	offline    = "offline"
)

// views reduces the results that are in to what each computer saw.
func (m *measurement) views() []evidence.ElseView {
	var all []evidence.ElseView
	for _, r := range m.Results {
		if r.Result.Status == "in-progress" || len(all) == maxProbes {
			continue
		}
		view := evidence.ElseView{
			Country: countryCode(r.Probe.Country), City: text(r.Probe.City), Network: text(r.Probe.Network), ASN: r.Probe.ASN,
			HomeLine: slices.Contains(r.Probe.Tags, homeLine), Address: text(r.Result.Address), MS: r.Result.Timings.Total,
		}
		r.Result.vote(&view)
		all = append(all, view)
	}
	return all
}

// vote says whether the site was up there. A probe's own trouble is no vote, and neither is a name that its resolver did
// not find: that may be the resolver's doing.
func (r result) vote(view *evidence.ElseView) {
	switch r.Status {
	case "finished":
	case offline:
		view.Failure = offline
		return
	default:
		view.Failure = byProbe
		if r.FailureSource == bySite || r.FailureSource == byResolver {
			view.Failure = r.FailureSource
		}
		view.Down = view.Failure == bySite
		return
	}
	view.Status = r.StatusCode
	switch {
	case r.StatusCode < 100 || r.StatusCode > 999:
		view.Status, view.Failure = 0, byProbe
	case r.TLS != nil && !r.TLS.Authorized:
		view.Down, view.TLSProblem = true, orUntrusted(text(r.TLS.Error))
	case r.refusesRobots():
		view.Up, view.RefusesRobots = true, true
	default:
		view.Down = r.StatusCode >= 500
		view.Up = !view.Down
	}
}

// refusesRobots reports whether the site answered, but would not serve a program: a person may well get the page.
func (r result) refusesRobots() bool {
	switch r.StatusCode {
	case http.StatusForbidden, http.StatusMethodNotAllowed, http.StatusTooManyRequests:
		return true
	}
	return slices.ContainsFunc(signature.Match(signature.Reply{
		Status: r.StatusCode, Header: r.header(), Body: []byte(r.RawBody), Title: title(r.RawBody),
	}), func(s evidence.Signature) bool {
		return s.Layer == evidence.LayerChallenge || s.Layer == evidence.LayerFirewall
	})
}

func (r result) header() http.Header {
	h := http.Header{}
	for name, value := range r.Headers {
		switch v := value.(type) {
		case string:
			h.Add(name, v)
		case []any:
			for _, one := range v {
				if s, ok := one.(string); ok {
					h.Add(name, s)
				}
			}
		}
	}
	return h
}

var titleTag = regexp.MustCompile(`(?is)<title[^>]*>([^<]*)`)

func title(body string) string {
	if m := titleTag.FindStringSubmatch(body); m != nil {
		return m[1]
	}
	return ""
}

// maxText cuts names that come from the network, in letters.
const maxText = 80

// text is a name from the network without control and format characters, cut to length.
func text(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if letters := []rune(s); len(letters) > maxText {
		s = string(letters[:maxText])
	}
	return s
}

func orUntrusted(reason string) string {
	if reason == "" {
		return "not trusted"
	}
	return reason
}

func countryCode(s string) string {
	if len(s) == 2 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return s
	}
	return ""
}
