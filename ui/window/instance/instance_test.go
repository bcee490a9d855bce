package instance

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"isitme/checks/leaktest"
)

func TestMain(m *testing.M) {
	if runtime.GOOS != "windows" {
		os.Setenv("TMPDIR", "/tmp") // the paths of sockets are short
	}
	leaktest.Main(m)
}

func TestTheSecondHandsItsAddressToTheFirst(t *testing.T) {
	long := filepath.Join(t.TempDir(), strings.Repeat("a-long-folder-name-", 6))
	for name, dir := range map[string]string{"short path": t.TempDir(), "path too long for a socket": long} {
		t.Run(name, func(t *testing.T) {
			got := make(chan string, 2)
			first, err := Claim(dir, "", func(a string) { got <- a })
			if err != nil {
				t.Fatal(err)
			}
			for _, address := range []string{"https://www.example.com/a?b=\"c\"\n", ""} {
				second, err := Claim(dir, address, func(string) { t.Error("the second window opened something") })
				if second != nil || !errors.Is(err, ErrHandedOver) {
					t.Fatalf("the second claim: %v, %v", second, err)
				}
				select {
				case a := <-got:
					if a != address {
						t.Errorf("handed over %q, want %q", a, address)
					}
				case <-time.After(time.Minute):
					t.Fatal("the address never arrived")
				}
			}
			if err := first.Close(); err != nil {
				t.Fatal(err)
			}
			third, err := Claim(dir, "", func(string) {})
			if err != nil {
				t.Fatalf("after the first has ended: %v", err)
			}
			if err := third.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAStaleSocketIsReplaced(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{lockName, socketName, whereName} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("left by a killed process"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	in, err := Claim(dir, "", func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Close(); err != nil {
		t.Error(err)
	}
}

func TestRubbishIsNotOpened(t *testing.T) {
	dir := t.TempDir()
	in, err := Claim(dir, "", func(a string) { t.Errorf("opened %q", a) })
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"", "\n", "not json\n", `{"address":`, strings.Repeat("x", maxMessage+10)} {
		conn, err := net.Dial("unix", filepath.Join(dir, socketName))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Write([]byte(line)); err != nil {
			t.Logf("cut short: %v", err) // the instance may hang up early, which is fine
		}
		if err := conn.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := in.Close(); err != nil {
		t.Error(err)
	}
}

func TestAWindowThatHangsIsReported(t *testing.T) {
	dir := t.TempDir()
	first, err := Claim(dir, "", func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	if err := os.WriteFile(filepath.Join(dir, whereName), []byte(filepath.Join(dir, "nobody.sock")), 0o600); err != nil {
		t.Fatal(err)
	}
	if in, err := Claim(dir, "", func(string) {}); in != nil || err == nil || errors.Is(err, ErrHandedOver) {
		t.Errorf("got %v, %v, want an error that says so", in, err)
	}
}
