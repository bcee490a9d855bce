package terminal

import (
	"fmt"
	"strings"

	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/words"
)

// buttons are the texts that speak of what the window shows, with the texts that say the same of the terminal; empty
// where there is nothing to say.
var buttons = map[string]string{
	"todo.again":                       "cli.todo.again",
	"cause.stopped.todo.1":             "cli.todo.again",
	"cause.dns_wrong_answer.todo.3":    "cli.todo.again_keeper",
	"todo.watch":                       "cli.todo.watch",
	"cause.not_answering.todo.2":       "cli.todo.keep_waiting",
	"cause.not_enough_evidence.todo.1": "cli.todo.elsewhere",
	"cause.not_enough_evidence.todo.2": "todo.phone",
	"cause.not_enough_evidence.todo.3": "",
	"cause.captive_portal.todo.1":      "cli.todo.portal",
}

// todo sets the numbered next steps, under each the exact clicks on this system where there are any. drawn says that the
// picture they speak of was asked for already.
func (s *sheet) todo(drawn bool) {
	actions := s.c.Todo(s.r.Verdict)
	if len(actions) == 0 {
		return
	}
	s.title("screen.answer.what_to_do")
	sends, n := false, 0
	for _, action := range actions {
		text := s.forTerminal(action.Text)
		if text == "" {
			continue
		}
		n++
		s.line(fmt.Sprintf("  %d. ", n), text)
		sends = sends || action.Kind == "send" || action.Kind == "provider"
		if name, ok := strings.CutPrefix(action.Kind, "guide:"); ok {
			s.guide(name)
		}
	}
	if sends && !drawn {
		s.line("  ", s.c.T("cli.picture"))
	}
}

// forTerminal is a step's text, with the command where it speaks of a button; empty where it has no meaning here.
func (s *sheet) forTerminal(text string) string {
	for window, here := range buttons {
		if text != s.c.T(window) {
			continue
		}
		if s.r.Evidence.Target.Private && window == "cause.not_enough_evidence.todo.1" {
			here = "todo.keeper" // nobody outside can try a private name
		}
		if here == "" || s.r.Evidence.Target.Private && here == "todo.phone" {
			return ""
		}
		portal := s.r.Verdict.Facts.Portal
		if portal == report.Hidden { // whose it is stays with the visitor; any page leads there
			portal = ""
		}
		return s.c.T(here, words.A{"URL": s.address(), "Portal": portal})
	}
	return text
}

// address is the page's address as it may be typed again: an ellipsis where the report holds a part of it only, which
// would be another page's.
func (s *sheet) address() string {
	if !s.whole || strings.Contains(s.r.URL, report.Hidden) {
		return report.Hidden
	}
	return s.r.URL
}

// guide sets the clicks of one fix.
func (s *sheet) guide(name string) {
	g, ok := s.c.Guide(name, guideSystem(s.r.Evidence.System))
	if !ok {
		return
	}
	for _, step := range g.Steps {
		s.line("     - ", step)
	}
	for _, more := range []string{g.Note, g.Undo} {
		if more != "" {
			s.line("     ", more)
		}
	}
}

// guideSystem is the system that a guide is for.
func guideSystem(ev *evidence.System) string {
	switch {
	case ev == nil:
		return "any"
	case ev.OS == "windows":
		return "windows"
	case ev.OS == "darwin":
		return "macos"
	case ev.Desktop == "gnome" || ev.Desktop == "kde":
		return ev.Desktop
	}
	return "any"
}
