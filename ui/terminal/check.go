package terminal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"isitme/checks/checklist"
	"isitme/checks/environment"
	"isitme/checks/evidence"
	"isitme/checks/report"
	"isitme/checks/report/render"
	"isitme/checks/target"
	"isitme/checks/verdict"
	"isitme/checks/words"
	"isitme/ui/picture"
)

// check is `isitme check`.
func (p *Program) check(ctx context.Context, args []string) int {
	a, err := parse(args)
	switch {
	case err != nil:
		return p.misused(a.catalog, err.Error())
	case a.help:
		p.help(p.Out, a.catalog)
		return exitOK
	case a.url == "":
		return p.misused(a.catalog, a.catalog.T("cli.no_url"))
	}
	goal, err := target.Parse(a.url)
	if err != nil {
		return p.misused(a.catalog, TargetProblem(a.catalog, err))
	}
	if target.Count(a.url) > 1 {
		p.say(a.catalog.T("target.several"))
	}
	return p.runAndTell(ctx, p.Environment, goal, a)
}

// runAndTell runs one check in env, tells what it found, saves what was asked for, and returns the exit status.
func (p *Program) runAndTell(ctx context.Context, env environment.Environment, goal evidence.Target, a arguments) int {
	if goal.OneTime {
		p.say(a.catalog.T("cli.once"))
	}
	progress := p.newProgress(a.catalog, goal)
	result := checklist.Run(ctx, env, goal, a.options, progress.observe)
	progress.end()
	full := report.New(report.NewID(), report.ToolOf(env.Version, result), result)
	shown := full.Redact(a.networkDetails)
	status := result.Verdict.Who.ExitStatus()
	if err := p.print(shown, a); err != nil {
		return p.broken(err)
	}
	for _, file := range a.save {
		if err := save(file, shown, a.catalog); err != nil {
			p.say(a.catalog.T("message.could_not_save", words.A{"Reason": reason(err)}))
			status = exitFault
			continue
		}
		p.say(a.catalog.T("cli.saved", words.A{"File": file}))
	}
	return status
}

// print writes the report to standard output, in words or as JSON.
func (p *Program) print(r report.Report, a arguments) error {
	if a.json {
		return render.JSON(p.Out, r, a.catalog)
	}
	return p.answer(r, a.catalog)
}

// answer writes the verdict in words: headline, sentence, reasons, what to do now, and the rows of the checklist.
func (p *Program) answer(r report.Report, c *words.Catalog) error {
	var b strings.Builder
	v := r.Verdict
	if r.Evidence.Stopped {
		fmt.Fprintln(&b, c.T("cli.stopped"))
	}
	fmt.Fprintf(&b, "\n%s\n%s\n", c.Headline(v, words.Screen), c.Sentence(v))
	fmt.Fprintf(&b, "%s · %s · %s/%s/%s\n", r.URL, c.Chip(v), v.Who, v.Cause, v.Certainty)
	list := func(title string, lines []string) {
		if len(lines) > 0 {
			fmt.Fprintf(&b, "\n%s\n", title)
			for _, l := range lines {
				fmt.Fprintf(&b, "  %s\n", l)
			}
		}
	}
	list(c.T("screen.answer.how_we_know"), findings(c, v.Reasons, "- "))
	var todo []string
	for i, t := range c.Todo(v) {
		todo = append(todo, fmt.Sprintf("%d. %s", i+1, t.Text))
	}
	list(c.T("screen.answer.what_to_do"), todo)
	list(c.T("screen.answer.also_noticed"), findings(c, v.Notes, "- "))
	var rows []string
	for _, s := range r.Steps {
		if s.Step == evidence.StepAnswer {
			continue // it stands above
		}
		rows = append(rows, fmt.Sprintf("%-12s %s: %s", c.StateWord(s.State), c.StepTitle(s.Step), c.Finding(s.Finding)))
	}
	list(c.T("screen.answer.checks"), rows)
	for line := range strings.Lines(b.String()) {
		text := strings.TrimLeft(line, " ")
		if _, err := fmt.Fprintln(p.Out, line[:len(line)-len(text)]+report.Clean(text, maxLine)); err != nil {
			return err
		}
	}
	return nil
}

// maxLine is the longest line that the terminal prints; only an address can be longer.
const maxLine = 2000

func findings(c *words.Catalog, list []verdict.Finding, mark string) []string {
	var out []string
	for _, f := range list {
		out = append(out, mark+c.Finding(f))
	}
	return out
}

// save writes the report to a file, of the kind that its ending says. The file appears whole or not at all.
func save(path string, r report.Report, c *words.Catalog) error {
	formats := render.Formats()
	formats[".png"] = picture.Write
	return render.Save(path, r, c, formats)
}

// reason is the system's own words for why a file could not be written, without the path, which the user knows.
func reason(err error) string {
	var pathErr *os.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err.Error()
	}
	return err.Error()
}

// TargetProblem words why what was pasted cannot be checked.
func TargetProblem(c *words.Catalog, err error) string {
	var problem *target.Error
	if !errors.As(err, &problem) {
		return err.Error()
	}
	return c.Target(string(problem.Code), problem.Host, problem.Hint)
}
