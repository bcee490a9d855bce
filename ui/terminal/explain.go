package terminal

import (
	"context"
	"fmt"
	"strings"

	"isitme/checks/verdict"
	"isitme/checks/words"
)

// explain prints the rules in their order: what leads to each answer, and what makes it certain. Asked about a cause or a
// kind of answer, it prints those that lead there.
func (p *Program) explain(_ context.Context, a arguments) int {
	var b strings.Builder
	for _, rule := range verdict.Rules() {
		if a.subject != "" && a.subject != string(rule.Cause) && a.subject != string(rule.Who) {
			continue
		}
		fmt.Fprintf(&b, "%s / %s   (%s)\n", rule.Who, rule.Cause, rule.ID)
		line := func(label, text string) {
			if text != "" {
				b.WriteString(hang(fmt.Sprintf("    %-9s", label), text, p.columns()))
			}
		}
		line("when", rule.When)
		line("certain", rule.Sure)
	}
	if b.Len() == 0 {
		return p.misused(a.catalog, a.catalog.T("cli.unknown_cause", words.A{"Name": a.subject}))
	}
	return p.print(b.String())
}
