package system

import (
	"strings"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// WinHTTP's proxy functions (winhttp.h). They are looked up when called: not every system that runs Windows programs has
// all of them.
var (
	winHTTP            = windows.NewLazySystemDLL("winhttp.dll")
	winHTTPOpen        = winHTTP.NewProc("WinHttpOpen")
	winHTTPClose       = winHTTP.NewProc("WinHttpCloseHandle")
	winHTTPIEConfig    = winHTTP.NewProc("WinHttpGetIEProxyConfigForCurrentUser")
	winHTTPDefaultConf = winHTTP.NewProc("WinHttpGetDefaultProxyConfiguration")
	winHTTPProxyForURL = winHTTP.NewProc("WinHttpGetProxyForUrl")
	globalFree         = windows.NewLazySystemDLL("kernel32.dll").NewProc("GlobalFree")
)

// Constants of winhttp.h.
const (
	accessNoProxy      = 1
	accessNamedProxy   = 3
	autoProxyDetect    = 1
	detectDHCP         = 1
	detectDNS          = 2
	autoProxyUserAgent = "IsItMe"
)

// What WinHttpGetProxyForUrl says of a script that the network announces (winhttp.h).
const (
	errBadScript      = syscall.Errno(12166)
	errNoScriptLoaded = syscall.Errno(12167)
)

// ieConfig is WINHTTP_CURRENT_USER_IE_PROXY_CONFIG.
type ieConfig struct {
	autoDetect int32
	script     *uint16
	proxy      *uint16
	bypass     *uint16
}

// proxyInfo is WINHTTP_PROXY_INFO.
type proxyInfo struct {
	access uint32
	proxy  *uint16
	bypass *uint16
}

// autoProxyOptions is WINHTTP_AUTOPROXY_OPTIONS.
type autoProxyOptions struct {
	flags     uint32
	detect    uint32
	script    *uint16
	reserved  uintptr
	reserved2 uint32
	autoLogon int32
}

// winHTTPUser is the user's setting for the connection that is active.
func winHTTPUser() (windowsSetting, error) {
	if err := winHTTPIEConfig.Find(); err != nil {
		return windowsSetting{}, err
	}
	var config ieConfig
	if done, _, err := winHTTPIEConfig.Call(uintptr(unsafe.Pointer(&config))); done == 0 {
		return windowsSetting{}, err
	}
	return windowsSetting{
		Server: takeText(config.proxy), Override: takeText(config.bypass), Script: takeText(config.script),
		Discover: config.autoDetect != 0,
	}, nil
}

// winHTTPDefault is the proxy that `netsh winhttp` sets for services, "" for none.
func winHTTPDefault() (string, error) {
	if err := winHTTPDefaultConf.Find(); err != nil {
		return "", err
	}
	var info proxyInfo
	if done, _, err := winHTTPDefaultConf.Call(uintptr(unsafe.Pointer(&info))); done == 0 {
		return "", err
	}
	proxy, _ := takeText(info.proxy), takeText(info.bypass)
	if info.access != accessNamedProxy {
		return "", nil
	}
	return proxy, nil
}

// winHTTPDiscover asks Windows to find the network's script by DHCP and DNS and to run it for url. It returns the outcome
// in the form that scripts use, "" when there is no script.
func winHTTPDiscover(url string) (string, error) {
	if err := winHTTPProxyForURL.Find(); err != nil {
		return "", err
	}
	agent, err := windows.UTF16PtrFromString(autoProxyUserAgent)
	if err != nil {
		return "", err
	}
	address, err := windows.UTF16PtrFromString(url)
	if err != nil {
		return "", err
	}
	session, _, err := winHTTPOpen.Call(uintptr(unsafe.Pointer(agent)), accessNoProxy, 0, 0, 0)
	if session == 0 {
		return "", err
	}
	defer winHTTPClose.Call(session)
	options := autoProxyOptions{flags: autoProxyDetect, detect: detectDHCP | detectDNS}
	var info proxyInfo
	done, _, err := winHTTPProxyForURL.Call(session, uintptr(unsafe.Pointer(address)),
		uintptr(unsafe.Pointer(&options)), uintptr(unsafe.Pointer(&info)))
	if done == 0 {
		return "", err
	}
	proxies, _ := takeText(info.proxy), takeText(info.bypass)
	if info.access != accessNamedProxy || proxies == "" {
		return "DIRECT", nil
	}
	return "PROXY " + strings.Join(strings.FieldsFunc(proxies, func(c rune) bool { return c == ';' || c == ' ' }), "; PROXY "), nil
}

// takeText copies a string that WinHTTP allocated and frees it.
func takeText(p *uint16) string {
	if p == nil {
		return ""
	}
	value := windows.UTF16PtrToString(p)
	globalFree.Call(uintptr(unsafe.Pointer(p)))
	return strings.TrimSpace(value)
}
