package system

import (
	"path/filepath"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

// hostsPath is the hosts file in the folder that the TCP/IP service is set to, which malware likes to change.
func hostsPath() string {
	key, err := registry.OpenKey(registry.LOCAL_MACHINE, tcpipKey, registry.QUERY_VALUE)
	if err == nil {
		defer key.Close()
		if dir, _, err := key.GetStringValue("DataBasePath"); err == nil && dir != "" {
			if dir, err = registry.ExpandString(dir); err == nil {
				return filepath.Join(dir, "hosts")
			}
		}
	}
	dir, err := windows.GetSystemDirectory()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, `drivers\etc\hosts`)
}
