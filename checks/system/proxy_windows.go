package system

import (
	"context"
	"errors"
	"os"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"isitme/checks/evidence"
)

// Registry keys of the internet options and of what a company sets in their place.
const (
	internetKey       = `Software\Microsoft\Windows\CurrentVersion\Internet Settings`
	internetPolicyKey = `Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings`
	versionKey        = `SOFTWARE\Microsoft\Windows NT\CurrentVersion`
)

// discoverLimit is how long WPAD may take: Windows asks DHCP and DNS, and remembers the outcome.
const discoverLimit = 4 * time.Second

// readProxy reads the proxy that browsers use: the internet options, with WPAD asked of Windows itself. Without any the
// environment is read, which programs from the Unix world follow. WinHTTP's own proxy is noted and not used: services
// follow it, browsers do not.
func readProxy(ctx context.Context, r *reader) {
	options := internetOptions()
	s := options.setting()
	if s.Discover && s.Script == "" && r.discover(ctx) {
		return
	}
	s.Discover = false // answered above
	if s.empty() && !r.useEnvironment(os.Getenv) {
		if proxy, err := winHTTPDefault(); err == nil && proxy != "" {
			r.configured("winhttp", "WinHttpSettings")
		}
		return
	}
	r.useDesktop(ctx, s)
}

// discover asks Windows for the proxy that the network announces (WPAD) and reports whether there is one.
func (r *reader) discover(ctx context.Context) bool {
	type outcome struct {
		result string
		err    error
	}
	asked := make(chan outcome, 1)
	go func() { // a call that cannot be ended; it is left behind when it takes too long
		result, err := winHTTPDiscover(scriptURL(r.Target).String())
		asked <- outcome{result, err}
	}()
	select {
	case out := <-asked:
		if errors.Is(out.err, errNoScriptLoaded) || errors.Is(out.err, errBadScript) {
			r.unread(partWPAD, out.err) // it announces a script that cannot be had, and browsers do without
		}
		if out.err != nil || out.result == "" {
			return false // the network announces nothing
		}
		r.configured("windows", "AutoDetect")
		r.applyScript(ctx, out.result)
		return true
	case <-ctx.Done():
		r.unread(partWPAD, ctx.Err())
	case <-time.After(discoverLimit):
		r.unread(partWPAD, context.DeadlineExceeded)
	}
	return false
}

// internetOptions reads the setting as WinHTTP sees it, which knows the dial-up or VPN connection that is active, and
// from the registry where it sees none. A company's policy goes first.
func internetOptions() windowsSetting {
	for _, key := range []registry.Key{registry.CURRENT_USER, registry.LOCAL_MACHINE} {
		if fixed := registrySetting(key, internetPolicyKey); fixed.Server != "" || fixed.Script != "" {
			return fixed
		}
	}
	perUser, err := optional(registry.LOCAL_MACHINE, internetPolicyKey, "ProxySettingsPerUser")
	if err == nil && perUser == 0 {
		return registrySetting(registry.LOCAL_MACHINE, internetKey)
	}
	stored := registrySetting(registry.CURRENT_USER, internetKey)
	seen, err := winHTTPUser()
	if err != nil {
		return stored
	}
	if seen.Server == "" && seen.Script == "" {
		stored.Discover = seen.Discover
		return stored
	}
	return seen
}

// registrySetting reads the setting's values under one key.
func registrySetting(root registry.Key, path string) windowsSetting {
	s := windowsSetting{
		Script:   text(root, path, "AutoConfigURL"),
		Override: text(root, path, "ProxyOverride"),
		Discover: number(root, path, "AutoDetect") != 0,
	}
	if number(root, path, "ProxyEnable") != 0 {
		s.Server = text(root, path, "ProxyServer")
	}
	return s
}

// optional reads a whole number that may be missing.
func optional(root registry.Key, path, name string) (uint64, error) {
	key, err := registry.OpenKey(root, path, registry.QUERY_VALUE)
	if err != nil {
		return 0, err
	}
	defer key.Close()
	value, _, err := key.GetIntegerValue(name)
	return value, err
}

// readAbout reads which system this is.
func readAbout(_ context.Context, r *reader) {
	_, _, build := windows.RtlGetNtVersionNumbers()
	product := text(registry.LOCAL_MACHINE, versionKey, "ProductName")
	version := text(registry.LOCAL_MACHINE, versionKey, "DisplayVersion")
	managed := isManaged()
	r.set(func(s *evidence.System) { s.OSName, s.Managed = windowsName(product, version, build), managed })
}

// isManaged reports whether the computer is a domain's, or joined to one in the cloud.
func isManaged() bool {
	var name *uint16
	var status uint32
	if err := windows.NetGetJoinInformation(nil, &name, &status); err == nil {
		defer windows.NetApiBufferFree((*byte)(unsafe.Pointer(name)))
		if status == windows.NetSetupDomainName {
			return true
		}
	}
	joined, err := subkeys(`SYSTEM\CurrentControlSet\Control\CloudDomainJoin\JoinInfo`)
	return err == nil && len(joined) > 0
}
