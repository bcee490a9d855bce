// Package report is the one model that everything a person sees is rendered from: isitme.report/1. It is written to
// disk before it is shown, redacted before it leaves the private file, and rendered as JSON, text, Markdown, HTML and
// PDF. The picture is drawn from it too, by ui/picture.
package report

import (
	"crypto/rand"
	"encoding/base32"
	"reflect"
	"runtime"
	"strings"
	"time"

	"isitme/checks/checklist"
	"isitme/checks/evidence"
	"isitme/checks/verdict"
)

// Schema names the format and its major version.
const Schema = "isitme.report/1"

// Report is one finished or stopped run.
type Report struct {
	Schema string `json:"schema"`
	// ID is unique per report and random: it says nothing about the visitor.
	ID   string `json:"id"`
	Tool Tool   `json:"tool"`
	// Redacted is false only in the private file; NetworkDetails says that the visitor chose to include them.
	Redacted       bool `json:"redacted"`
	NetworkDetails bool `json:"network_details"`
	// Started and Finished are local times with zone, StartedUTC the same moment in UTC.
	Started    time.Time `json:"started"`
	StartedUTC time.Time `json:"started_utc"`
	Finished   time.Time `json:"finished"`
	// URL is the address checked; in a redacted report without query and with tokens masked.
	URL      string                 `json:"url"`
	Verdict  verdict.Verdict        `json:"verdict"`
	Steps    []checklist.StepResult `json:"steps"`
	Evidence evidence.Evidence      `json:"evidence"`
	// Previous is the run before: the one that the visitor pressed Check again on, or the last about this page.
	Previous *Previous `json:"previous,omitempty"`
	// Secrets are the names that redaction takes out; in the private file only.
	Secrets *Secrets `json:"secrets,omitempty"`
}

// Tool is the program that made the report.
type Tool struct {
	Name    string `json:"name"` // "Is It Me?"
	Version string `json:"version"`
	OS      string `json:"os"` // "Windows 11", "Debian GNU/Linux 12"
}

// ToolOf names this program at a version, on the system that the run found.
func ToolOf(version string, res checklist.Result) Tool {
	t := Tool{Name: "Is It Me?", Version: version, OS: runtime.GOOS}
	if s := res.Evidence.System; s != nil && s.OSName != "" {
		t.OS = s.OSName
	}
	return t
}

// Previous is an earlier run about the same page, whole, and what differs.
type Previous struct {
	ID       string                 `json:"id"`
	Started  time.Time              `json:"started"`
	Finished time.Time              `json:"finished"`
	Verdict  verdict.Verdict        `json:"verdict"`
	Steps    []checklist.StepResult `json:"steps"`
	Evidence evidence.Evidence      `json:"evidence"`
	// Compared is true when the settings of both runs were read on the same computer.
	Compared bool `json:"compared"`
	// Changed names what is different now on the visitor's side; empty when nothing is, or when nothing was compared.
	Changed []evidence.Change `json:"changed"`
}

// New makes the unredacted report of a run, with its texts cleaned as far as any reader needs them.
func New(id string, tool Tool, res checklist.Result) Report {
	ev := res.Evidence
	r := Report{
		Schema: Schema, ID: id, Tool: tool,
		Started: ev.Started, StartedUTC: ev.Started.UTC(), Finished: ev.Finished,
		URL: ev.Target.URL, Verdict: res.Verdict, Steps: res.Steps, Evidence: ev, Secrets: ThisComputer(),
	}
	r = clone(r)
	eachString(reflect.ValueOf(&r).Elem(), "", func(_, s string) string { return Clean(s, maxRaw) })
	return r
}

// maxRaw is how many runes a text of a private report or a file may have: the longest URL that browsers and servers in
// use take (RFC 9110, 4.1, asks for 8000).
const maxRaw = 8192

// NewID makes the ID of a new report: 80 random bits in 16 signs of RFC 4648's base 32, in small letters.
func NewID() string {
	var b [10]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
}
