package system

import "runtime"

// Pages of Windows' settings (the ms-settings scheme) and of macOS' (13 and later), by what the window asks for.
var settingsPages = map[string]map[string]string{
	"windows": {
		"network": "ms-settings:network-status",
		"proxy":   "ms-settings:network-proxy",
		"dns":     "ms-settings:network-advancedsettings",
		"clock":   "ms-settings:dateandtime",
		"vpn":     "ms-settings:network-vpn",
	},
	"darwin": {
		"network": "x-apple.systempreferences:com.apple.Network-Settings.extension",
		"proxy":   "x-apple.systempreferences:com.apple.Network-Settings.extension?Proxies",
		"dns":     "x-apple.systempreferences:com.apple.Network-Settings.extension?DNS",
		"clock":   "x-apple.systempreferences:com.apple.Date-Time-Settings.extension",
		"vpn":     "x-apple.systempreferences:com.apple.NetworkExtensionSettingsUI.NESettingsUIExtension",
	},
}

// Panels of the settings programs of GNOME and KDE Plasma.
var settingsPanels = map[string]map[string][]string{
	"gnome": {
		"network": {"/usr/bin/gnome-control-center", "network"},
		"proxy":   {"/usr/bin/gnome-control-center", "network"},
		"dns":     {"/usr/bin/gnome-control-center", "network"},
		"clock":   {"/usr/bin/gnome-control-center", "system", "datetime"},
		"vpn":     {"/usr/bin/gnome-control-center", "network"},
	},
	"kde": {
		"network": {"/usr/bin/systemsettings", "kcm_networkmanagement"},
		"proxy":   {"/usr/bin/systemsettings", "kcm_proxy"},
		"dns":     {"/usr/bin/systemsettings", "kcm_networkmanagement"},
		"clock":   {"/usr/bin/systemsettings", "kcm_clock"},
		"vpn":     {"/usr/bin/systemsettings", "kcm_networkmanagement"},
	},
}

// SettingsURI is the address that opens this system's settings at the page for kind: "network", "proxy", "dns", "clock" or
// "vpn". It is empty where settings have no address; SettingsProgram may then know a program.
func SettingsURI(kind string) string { return settingsPages[runtime.GOOS][kind] }

// SettingsProgram is the program, by absolute path and with its arguments, that shows the page for kind on a desktop as
// System.Desktop names it. It is nil where none is installed.
func SettingsProgram(desktop, kind string) []string {
	program := settingsPanels[desktop][kind]
	if runtime.GOOS != "linux" || len(program) == 0 || firstFile(program[0]) == "" {
		return nil
	}
	return program
}
