package system

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/godbus/dbus/v5"
)

// fakePortal is the desktop portal's proxy resolver.
type fakePortal []string

// Lookup is the method of that name.
func (f fakePortal) Lookup(address string) ([]string, *dbus.Error) {
	if address != "https://a.example/" {
		return nil, dbus.NewError("org.freedesktop.portal.Error.InvalidArgument", []any{address})
	}
	return f, nil
}

func TestPortal(t *testing.T) {
	bus := startBus(t)
	must(t, bus.Export(fakePortal{"http://p.example:3128", "direct://"}, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.ProxyResolver"))
	r := &reader{Request: visit(t, "https://a.example/path?secret")}
	if r.usePortal(context.Background()); len(r.sys.Unread) != 1 {
		t.Errorf("a portal that is not there: %+v", r.sys)
	}
	own(t, bus, "org.freedesktop.portal.Desktop")
	r = &reader{Request: visit(t, "https://a.example/path?secret")}
	if !r.usePortal(context.Background()) {
		t.Error("no portal")
	}
	sys, proxy := r.result()
	if textOf(proxy) != "http://p.example:3128" || sys.Proxy.Source != "portal" || !sys.Proxy.InUse {
		t.Errorf("%v %+v", proxy, sys)
	}
}

func TestGNOMEOfThisComputer(t *testing.T) {
	if firstFile(gsettingsPath) == "" {
		cannot(t, "no gsettings")
	}
	home := t.TempDir()
	for _, name := range []string{"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"} {
		t.Setenv(name, "")
	}
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
	t.Setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
	t.Setenv("GSETTINGS_BACKEND", "keyfile")
	dir := filepath.Join(home, ".config/glib-2.0/settings")
	must(t, os.MkdirAll(dir, 0o700))
	must(t, os.WriteFile(filepath.Join(dir, "keyfile"), []byte(
		"[system/proxy]\nmode='manual'\nignore-hosts=['localhost', '*.b.example']\n"+
			"[system/proxy/https]\nhost='p.example'\nport=3128\n"), 0o600))
	if out, err := exec.Command(gsettingsPath, "get", "org.gnome.system.proxy", "mode").Output(); err != nil || string(out) != "'manual'\n" {
		cannot(t, "gsettings does not read settings from a file here: %q, %v", out, err)
	}
	sys, proxy := Read(context.Background(), visit(t, "https://a.example/"))
	if textOf(proxy) != "http://p.example:3128" || sys.Proxy.Source != "gnome" || sys.Desktop != "gnome" {
		t.Errorf("%v %+v", proxy, sys.Proxy)
	}
	sys, proxy = Read(context.Background(), visit(t, "https://www.b.example/"))
	if proxy != nil || sys.Proxy.InUse || !sys.Proxy.Configured {
		t.Errorf("%v %+v", proxy, sys.Proxy)
	}
	t.Setenv("https_proxy", "http://env.example:1")
	if sys, proxy = Read(context.Background(), visit(t, "https://a.example/")); textOf(proxy) != "http://env.example:1" {
		t.Errorf("the environment does not go first: %v %+v", proxy, sys.Proxy)
	}
}

func TestKDEOfThisComputer(t *testing.T) {
	home := t.TempDir()
	for _, name := range []string{"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"} {
		t.Setenv(name, "")
	}
	t.Setenv("XDG_CONFIG_HOME", home)
	t.Setenv("XDG_CURRENT_DESKTOP", "KDE")
	if sys, proxy := Read(context.Background(), visit(t, "https://a.example/")); proxy != nil || sys.Proxy.Configured || sys.Desktop != "kde" {
		t.Errorf("without a file: %v %+v", proxy, sys.Proxy)
	}
	file := filepath.Join(home, "kioslaverc")
	must(t, os.WriteFile(file, []byte("[Proxy Settings][x]\nProxyType=0\n[Proxy Settings]\nNoProxyFor=\nProxyType=1\nhttpsProxy=http://p.example 3128\n"), 0o600))
	if sys, proxy := Read(context.Background(), visit(t, "https://a.example/")); textOf(proxy) != "http://p.example:3128" || sys.Proxy.Source != "kde" {
		t.Errorf("%v %+v", proxy, sys.Proxy)
	}
	t.Setenv("COMPANY_PROXY", "q.example:8080")
	must(t, os.WriteFile(file, []byte("[Proxy Settings]\nProxyType=4\nhttpsProxy=COMPANY_PROXY\n"), 0o600))
	if _, proxy := Read(context.Background(), visit(t, "https://a.example/")); textOf(proxy) != "http://q.example:8080" {
		t.Errorf("named variable: %v", proxy)
	}
}
