package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// module is a folder with a module of packages, each with the text of one test file.
func module(t *testing.T, packages map[string]string) {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module m\n\ngo 1.26\n")
	for name, text := range packages {
		write(name+"/a_test.go", "package "+name+"\n\n"+text)
	}
	t.Chdir(dir)
	t.Setenv("GOFLAGS", "")
}

// flaky fails at its first run in a folder.
const flaky = `import ("os"; "testing")

func once(t *testing.T, file string) {
	if _, err := os.Stat(file); err != nil {
		os.WriteFile(file, nil, 0o644)
		t.Error("the first time")
	}
}

func TestOuter(t *testing.T) {
	t.Run("not this (one)", func(t *testing.T) { once(t, "a") })
	t.Run("other", func(t *testing.T) { once(t, "a"); t.Attr("noted", "well") })
}

func TestPlain(t *testing.T) { once(t, "b") }
`

func TestSecondChance(t *testing.T) {
	for name, tc := range map[string]struct {
		packages map[string]string
		args     []string
		failed   bool
		says     []string
	}{
		"all pass": {
			map[string]string{"good": "import \"testing\"\nfunc TestIt(t *testing.T) { t.Log(\"quiet\"); t.Attr(\"noted\", \"well\") }"},
			nil, false,
			[]string{"ok  \tm/good", "m/good TestIt: noted: well"},
		},
		"flaky": {
			map[string]string{"flaky": flaky, "good": "import \"testing\"\nfunc TestIt(t *testing.T) {}"},
			nil, false,
			[]string{"the first time", "ok  \tm/good", "alone: m/flaky", "passed alone:\n    m/flaky TestOuter/not_this_(one) TestPlain\n"},
		},
		"flaky, without a second chance": {map[string]string{"flaky": flaky}, []string{"-once"}, true, []string{"the first time", "FAIL\tm/flaky"}},
		"broken": {
			map[string]string{"broken": "import \"testing\"\nfunc TestIt(t *testing.T) { t.Error(\"always\") }"},
			nil, true,
			[]string{"always", "alone: m/broken", "FAIL\tm/broken"},
		},
		"does not build": {
			map[string]string{"unbuilt": "func x() { y() }"},
			nil, true,
			[]string{"undefined: y", "FAIL\tm/unbuilt"},
		},
		"a panic": {
			map[string]string{"panics": "import \"testing\"\nfunc TestIt(t *testing.T) { panic(\"oh\") }"},
			nil, true,
			[]string{"panic: oh"},
		},
		"fails as a whole": {
			map[string]string{"whole": "import (\"os\"; \"testing\")\nfunc TestMain(m *testing.M) { m.Run(); if os.Mkdir(\"seen\", 0o755) == nil { os.Exit(1) } }\nfunc TestIt(t *testing.T) {}"},
			nil, false,
			[]string{"alone: m/whole", "passed alone:\n    m/whole\n"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			module(t, tc.packages)
			var out strings.Builder
			failed, err := run(append(tc.args, "-trimpath", "./..."), &out)
			if err != nil || failed != tc.failed {
				t.Errorf("failed %v, %v; want %v\n%s", failed, err, tc.failed, out.String())
			}
			for _, want := range tc.says {
				if !strings.Contains(out.String(), want) {
					t.Errorf("no %q in:\n%s", want, out.String())
				}
			}
			if hasSecond := strings.Contains(out.String(), "A second chance"); strings.Contains("does not build a panic", name) && hasSecond {
				t.Errorf("a second chance for what %s:\n%s", name, out.String())
			}
		})
	}
}

func TestFlagsOfASecondChance(t *testing.T) {
	p := &tested{tests: map[string]string{"TestA": "fail", "TestA/b c": "fail", "TestA/d": "pass", "TestE": "fail"}}
	got := strings.Join(alone([]string{"-race", "-tags=gles,no_emoji"}, p), " ")
	want := `-race -tags=gles,no_emoji -p=1 -parallel=8 -count=1 -tags=gles,no_emoji,unhurried -run=^TestA$/^b c$|^TestE$`
	if got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}
