package render_test

import (
	"bytes"
	"errors"
	"flag"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"isitme/checks/report"
	"isitme/checks/report/render"
	"isitme/checks/report/reporttest"
	"isitme/checks/words"
)

var update = flag.Bool("update", false, "write the golden files anew")

func draw(t *testing.T, f render.Renderer, r report.Report, lang string) string {
	t.Helper()
	var b bytes.Buffer
	if err := f(&b, r, words.For(lang)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// need is the path of a program that the test cannot do without: a machine that has none skips it, CI fails.
func need(t *testing.T, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed", program)
		}
		t.Skipf("%s is not installed", program)
	}
	return path
}

// pdfText is the text of a PDF as another program reads it.
func pdfText(t *testing.T, pdf string) string {
	t.Helper()
	cmd := exec.Command(need(t, "pdftotext"), "-layout", "-enc", "UTF-8", "-", "-")
	cmd.Stdin = strings.NewReader(pdf)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil || errs.Len() > 0 {
		t.Fatalf("pdftotext: %v %s", err, errs.String())
	}
	return out.String()
}

func TestPrivateReportsAreRefused(t *testing.T) {
	for ending, f := range render.Formats() {
		if err := f(&bytes.Buffer{}, reporttest.Site(), words.For("en")); !errors.Is(err, render.ErrPrivate) {
			t.Errorf("%s: %v", ending, err)
		}
	}
}

// No format may fail over any report, be it empty or claim what nobody measured.
func TestOddReports(t *testing.T) {
	odd := reporttest.Site()
	odd.Verdict.Who, odd.Verdict.Cause = "later", "later_cause"
	odd.Steps = nil
	for name, r := range map[string]report.Report{"empty": {}, "later": odd} {
		for ending, f := range render.Formats() {
			if got := draw(t, f, r.Redact(false), "de"); got == "" {
				t.Errorf("%s%s: nothing", name, ending)
			}
		}
	}
}

func TestGolden(t *testing.T) {
	for name, r := range reporttest.Samples() {
		for _, lang := range []string{"en", "de"} {
			for ending, f := range map[string]render.Renderer{".txt": render.Text, ".md": render.Markdown} {
				file := filepath.Join("testdata", name+"."+lang+ending)
				got := draw(t, f, r.Redact(false), lang)
				if *update {
					if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
					continue
				}
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if string(want) != got {
					t.Errorf("%s is not what it was; look at it, then run the test with -update:\n%s", file, got)
				}
			}
		}
	}
}

// A help desk that opens a saved report sees what the visitor saw.
func TestOpenedReportLooksTheSame(t *testing.T) {
	samples := reporttest.Samples()
	samples["canary"], _, _, _ = reporttest.Canary()
	for name, private := range samples {
		r := private.Redact(false)
		opened, err := report.Read(strings.NewReader(draw(t, render.JSON, r, "en")))
		if err != nil {
			t.Fatal(err)
		}
		for ending, f := range render.Formats() {
			if ending == ".pdf" {
				continue // the others are set from the same page
			}
			if want, got := draw(t, f, r, "de"), draw(t, f, opened.Redact(false), "de"); want != got {
				t.Errorf("%s%s differs:\n%s\n%s", name, ending, want, got)
			}
		}
	}
}

// Every text that a page asks for must be in the word list.
func TestNoBareKeys(t *testing.T) {
	samples := reporttest.Samples()
	samples["canary"], _, _, _ = reporttest.Canary()
	for name, r := range samples {
		for _, lang := range words.Languages() {
			for _, line := range strings.Split(draw(t, render.Text, r.Redact(true), lang.Code), "\n") {
				for _, prefix := range []string{"report.", "finding.", "cause.", "owner.", "elsewhere.", "line.", "gap.", "todo."} {
					if strings.HasPrefix(strings.TrimLeft(line, "-✓0123456789. "), prefix) || strings.Contains(line, ": "+prefix) || strings.Contains(line, "("+prefix) {
						t.Errorf("%s, %s: %s", name, lang.Code, line)
					}
				}
			}
		}
	}
}

func TestPaletteIsTheStyleSheets(t *testing.T) {
	css, err := os.ReadFile("report.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range render.PaletteForTest() {
		if !strings.Contains(string(css), c) {
			t.Errorf("%s is not in report.css", c)
		}
	}
}

func TestSave(t *testing.T) {
	dir, r := t.TempDir(), reporttest.Site().Redact(false)
	for ending := range render.Formats() {
		path := filepath.Join(dir, "report"+strings.ToUpper(ending))
		if err := render.Save(path, r, words.For("en"), render.Formats()); err != nil {
			t.Error(err)
		}
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", path, err)
		}
	}
	file, err := os.Open(filepath.Join(dir, "report.JSON"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if got, err := report.Read(file); err != nil || got.ID != r.ID {
		t.Errorf("a saved report does not open: %v", err)
	}
	if err := render.Save(filepath.Join(dir, "x.docx"), r, words.For("en"), render.Formats()); !errors.Is(err, render.ErrFormat) {
		t.Errorf("unknown format: %v", err)
	}
	if err := render.Save(filepath.Join(dir, "none", "x.txt"), r, words.For("en"), render.Formats()); err == nil {
		t.Error("saved in a folder that is not there")
	}
	if err := render.Save(filepath.Join(dir, "private.txt"), reporttest.Site(), words.For("en"), render.Formats()); !errors.Is(err, render.ErrPrivate) {
		t.Errorf("private: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".isitme-*")); len(left) > 0 {
		t.Errorf("parts were left: %v", left)
	}
}

func TestMailto(t *testing.T) {
	for _, c := range []struct{ to, subject, body, want string }{
		{"a@b.example", "x & y", "one\ntwo +", "mailto:a@b.example?subject=x%20%26%20y&body=one%0D%0Atwo%20%2B"},
		{"a@b.example?bcc=c@d.example", "s\r\nBcc: x", "b", "mailto:a@b.example%3Fbcc%3Dc@d.example?subject=s%20Bcc:%20x&body=b"},
		{"", "ü", "", "mailto:?subject=%C3%BC&body="},
	} {
		if got, whole := render.Mailto("windows", c.to, c.subject, c.body); got != c.want || !whole {
			t.Errorf("%s, %v\nwant %s", got, whole, c.want)
		}
	}
	body := strings.TrimSpace(strings.Repeat("Вітаю\n", 60))
	if link, whole := render.Mailto("windows", "a@b.example", "s", body); whole || link != "mailto:a@b.example?subject=s" {
		t.Errorf("too long for Windows: %v, %s", whole, link)
	}
	link, whole := render.Mailto("linux", "a@b.example", "s", body)
	u, err := url.Parse(link)
	if err != nil || !whole || strings.ReplaceAll(u.Query().Get("body"), "\r", "") != body {
		t.Errorf("%v, %v: %s", whole, err, link)
	}
}

// TestMessagesFit holds the message about the most common fault against the limit of Windows: without a part, in every
// language of Latin letters, with an address of usual length.
func TestMessagesFit(t *testing.T) {
	for _, l := range words.Languages() {
		if l.Code == "uk" {
			continue
		}
		for _, kind := range words.Messages() {
			subject, body := render.Message(kind, reporttest.Site().Redact(false), words.For(l.Code))
			if link, whole := render.Mailto("windows", "info@harbourbooks.example", subject, body); !whole {
				t.Errorf("%s, %s: %d signs and no text", l.Code, kind, len(link))
			}
		}
	}
}
