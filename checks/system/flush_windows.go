package system

import (
	"context"
	"path/filepath"
	"time"

	"golang.org/x/sys/windows"
)

// flushLimit is the patience for ipconfig.
const flushLimit = 5 * time.Second

// dnsFlush is the call behind `ipconfig /flushdns`. It is not documented, so its absence and its failure are expected.
var dnsFlush = windows.NewLazySystemDLL("dnsapi.dll").NewProc("DnsFlushResolverCache")

// caches is the DNS Client service's cache, which any user may clear.
func caches(context.Context) []cache { return []cache{{"dnsapi", clearDNSClient}} }

// clearDNSClient asks the DNS client to forget, by its library and else by ipconfig, whose exit status is read and not
// its text, which is translated.
func clearDNSClient(ctx context.Context, _ bool) error {
	if dnsFlush.Find() == nil {
		if done, _, _ := dnsFlush.Call(); done != 0 {
			return nil
		}
	}
	dir, err := windows.GetSystemDirectory()
	if err != nil {
		return err
	}
	_, err = run(ctx, flushLimit, filepath.Join(dir, "ipconfig.exe"), "/flushdns")
	return err
}
