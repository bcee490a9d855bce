package window

import (
	"unsafe"

	"golang.org/x/sys/windows"

	"isitme/checks/target"
	"isitme/checks/words"
)

var (
	openClipboard    = user32.NewProc("OpenClipboard")
	closeClipboard   = user32.NewProc("CloseClipboard")
	getClipboardData = user32.NewProc("GetClipboardData")
	kernel32         = windows.NewLazySystemDLL("kernel32.dll")
	globalLock       = kernel32.NewProc("GlobalLock")
	globalUnlock     = kernel32.NewProc("GlobalUnlock")
)

// unicodeText is CF_UNICODETEXT of winuser.h.
const unicodeText = 13

// askWithoutWindow asks for an address by way of the clipboard until one is there; it is empty when the visitor gives up.
func askWithoutWindow(_ Deps, c *words.Catalog) string {
	lead := c.T("app.no_window")
	for messageBox(appName, lead+"\n\n"+c.T("app.no_window_copy"), windows.MB_OKCANCEL|windows.MB_ICONINFORMATION) == idOK {
		text := copiedText()
		if _, err := target.Parse(text); err == nil {
			return text
		}
		lead = c.T("target.clipboard_no_address")
	}
	return ""
}

// copiedText is the text on the clipboard, empty when there is none or another program holds it: the visitor is asked
// again then. The toolkit's clipboard needs its window.
func copiedText() string {
	if opened, _, _ := openClipboard.Call(0); opened == 0 {
		return ""
	}
	defer closeClipboard.Call()
	handle, _, _ := getClipboardData.Call(unicodeText)
	if handle == 0 {
		return ""
	}
	at, _, _ := globalLock.Call(handle)
	if at == 0 {
		return ""
	}
	defer globalUnlock.Call(handle)
	return windows.UTF16PtrToString(*(**uint16)(unsafe.Pointer(&at)))
}
