package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"isitme/checks/report"
	"isitme/checks/report/reporttest"
	"isitme/checks/verdict"
)

func open(t *testing.T) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "reports"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func numbered(n int) report.Report {
	r := reporttest.Site()
	r.ID = "report" + strconv.Itoa(n)
	r.Started = r.Started.Add(time.Duration(n) * time.Minute)
	return r
}

func TestSaveAndLoad(t *testing.T) {
	s := open(t)
	want := reporttest.Site()
	if err := s.Save(want); err != nil {
		t.Fatal(err)
	}
	got, err := s.Load(want.ID)
	if err != nil {
		t.Fatal(err)
	}
	var a, b bytes.Buffer
	if err := errors.Join(report.Write(&a, want), report.Write(&b, got)); err != nil {
		t.Fatal(err)
	}
	if a.String() != b.String() {
		t.Errorf("not what was saved:\n%s\n%s", a.String(), b.String())
	}
	if runtime.GOOS != "windows" {
		for path, mode := range map[string]fs.FileMode{s.path(want.ID): 0o600, s.dir: 0o700} {
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
				t.Errorf("%s: %v %v, want %v", path, info.Mode().Perm(), err, mode)
			}
		}
	}
	if list, bad := s.List(); len(list) != 1 || len(bad) != 0 || list[0].URL != reporttest.URL {
		t.Errorf("%v %v", list, bad)
	}
	if err := errors.Join(s.Delete(want.ID), s.Delete(want.ID), s.Delete("../etc")); err != nil {
		t.Error(err)
	}
	if _, err := s.Load(want.ID); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("still there: %v", err)
	}
}

func TestIDsThatAreNoFileNames(t *testing.T) {
	s := open(t)
	for _, id := range []string{"", "../x", "a/b", "A", "con.json", strings.Repeat("a", 65), `a\b`} {
		r := reporttest.Site()
		r.ID = id
		if err := s.Save(r); err == nil {
			t.Errorf("%q was saved", id)
		}
		if _, err := s.Load(id); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestNewestFirstAndLimits(t *testing.T) {
	s := open(t)
	now := time.Now()
	for i := range MaxReports + 5 {
		if err := s.Save(numbered(i)); err != nil {
			t.Fatal(err)
		}
		at := now.Add(time.Duration(i-100) * time.Minute)
		if err := os.Chtimes(s.path(numbered(i).ID), at, at); err != nil {
			t.Fatal(err)
		}
	}
	old := now.Add(-MaxAge - time.Hour)
	if err := os.Chtimes(s.path("report30"), old, old); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(numbered(1000)); err != nil {
		t.Fatal(err)
	}
	list, bad := s.List()
	if len(bad) != 0 || len(list) != MaxReports || list[0].ID != "report1000" {
		t.Fatalf("%d reports, first %s, damaged %v", len(list), list[0].ID, bad)
	}
	for _, e := range list {
		if e.ID == "report30" || e.ID == "report0" {
			t.Errorf("%s is too old", e.ID)
		}
	}
}

func TestLatest(t *testing.T) {
	s := open(t)
	stopped, other := numbered(3), numbered(4)
	stopped.Verdict.Cause = verdict.Stopped
	other.Evidence.Target.URL += "/other"
	for _, r := range []report.Report{numbered(1), numbered(2), stopped, other} {
		if err := s.Save(r); err != nil {
			t.Fatal(err)
		}
	}
	began := numbered(0).Started
	if r, ok := s.Latest(reporttest.URL, began); !ok || r.ID != "report2" {
		t.Errorf("%v %s", ok, r.ID)
	}
	if r, ok := s.Latest(reporttest.URL, began.Add(2*time.Minute)); ok {
		t.Errorf("too old, yet there: %s", r.ID)
	}
	if r, ok := s.Latest("https://unknown.example/", began); ok {
		t.Errorf("nobody asked about it: %s", r.ID)
	}
}

func TestDamagedIsSetAside(t *testing.T) {
	s := open(t)
	if err := s.Save(reporttest.Site()); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(s.path(reporttest.Site().ID))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"half": whole[:len(whole)/2], "empty": nil, "zeros": make([]byte, 4096), "other": []byte(`{"schema":"other/1"}`), "renamed": whole,
	} {
		if err := os.WriteFile(s.path(name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	newer := bytes.Replace(whole, []byte(`isitme.report/1`), []byte(`isitme.report/2`), 1)
	if err := os.WriteFile(s.path("newer"), newer, 0o600); err != nil {
		t.Fatal(err)
	}
	list, bad := s.List()
	if len(list) != 1 || len(bad) != 5 {
		t.Errorf("%d reports, %d damaged: %v", len(list), len(bad), bad)
	}
	for _, b := range bad {
		if _, err := os.Stat(b.File); err != nil || filepath.Base(filepath.Dir(b.File)) != damaged {
			t.Errorf("%s: %v", b.File, err)
		}
	}
	if _, err := s.Load("newer"); !errors.Is(err, report.ErrNewer) {
		t.Errorf("newer: %v", err)
	}
	if list, bad := s.List(); len(list) != 1 || len(bad) != 0 {
		t.Errorf("the second time: %d reports, damaged %v", len(list), bad)
	}
	if err := s.DeleteAll(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(s.dir, damaged)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("damaged files survived: %v", err)
	}
}

func TestTwoInstances(t *testing.T) {
	a := open(t)
	b, err := Open(a.dir)
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for i, s := range []*Store{a, b} {
		wait.Go(func() {
			for n := range MaxReports {
				if err := s.Save(numbered(i*1000 + n)); err != nil {
					t.Error(err)
				}
				if n%10 == 0 {
					if _, bad := s.List(); len(bad) != 0 {
						t.Errorf("damaged: %v", bad)
					}
				}
			}
		})
	}
	wait.Wait()
	if list, bad := a.List(); len(bad) != 0 || len(list) > MaxReports+1 || len(list) < MaxReports-1 {
		t.Errorf("%d reports, damaged %v", len(list), bad)
	}
}

func TestAbandonedPartsAreSwept(t *testing.T) {
	s := open(t)
	young, old := filepath.Join(s.dir, partial+"1"), filepath.Join(s.dir, partial+"2")
	for _, f := range []string{young, old} {
		if err := os.WriteFile(f, []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	at := time.Now().Add(-2 * abandoned)
	if err := os.Chtimes(old, at, at); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(reporttest.Site()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(young); err != nil {
		t.Error("a part that may still be written is gone")
	}
	if _, err := os.Stat(old); !errors.Is(err, fs.ErrNotExist) {
		t.Error("an abandoned part is still there")
	}
}

func TestErrorsHaveCodes(t *testing.T) {
	for _, c := range []struct {
		err  error
		want Code
	}{
		{&fs.PathError{Op: "write", Err: full[0]}, DiskFull},
		{&fs.PathError{Op: "open", Err: readOnly[0]}, ReadOnly},
		{&fs.PathError{Op: "open", Err: fs.ErrPermission}, ReadOnly},
		{&fs.PathError{Op: "open", Err: syscall.EINVAL}, Other},
	} {
		if got := classify(c.err, Other); got.Code != c.want || !errors.Is(got, &Error{Code: c.want}) || !errors.Is(got, c.err) {
			t.Errorf("%v: %s, want %s", c.err, got.Code, c.want)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(filepath.Join(file, "reports")); !errors.Is(err, ErrNoFolder) {
		t.Errorf("a folder under a file: %v", err)
	}
}

func TestReason(t *testing.T) {
	at := func(err error) error { return &fs.PathError{Op: "open", Path: "x", Err: err} }
	for _, c := range []struct {
		err  error
		want Code
	}{
		{at(fs.ErrNotExist), NoFolder},
		{at(fs.ErrPermission), NotAllowed},
		{at(full[0]), DiskFull},
		{at(readOnly[0]), ReadOnly},
		{&Error{Code: NoFolder, Err: errors.New("no home")}, NoFolder},
		{errors.New("a cable fell out"), Other},
	} {
		if got := Reason(c.err); got != c.want {
			t.Errorf("%v: %s, want %s", c.err, got, c.want)
		}
	}
}

func TestDefaultDir(t *testing.T) {
	home := func() (string, error) { return filepath.FromSlash("/home/u"), nil }
	absolute := "/data"
	if runtime.GOOS == "windows" {
		absolute = `C:\data`
	}
	for _, c := range []struct{ system, xdg, local, want string }{
		{"linux", "", "", "/home/u/.local/share/isitme/reports"},
		{"linux", absolute, "", filepath.Join(absolute, "isitme", "reports")},
		{"linux", "relative", "", "/home/u/.local/share/isitme/reports"},
		{"darwin", absolute, "", "/home/u/Library/Application Support/IsItMe/Reports"},
		{"windows", absolute, "/local", "/local/IsItMe/Reports"},
		{"windows", "", "", ""},
	} {
		env := func(name string) string {
			return map[string]string{"XDG_DATA_HOME": c.xdg, "LocalAppData": c.local}[name]
		}
		got, err := defaultDir(c.system, env, home)
		if got != filepath.FromSlash(c.want) || (err != nil) != (c.want == "") {
			t.Errorf("%+v: %q %v", c, got, err)
		}
	}
}
