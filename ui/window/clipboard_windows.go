package window

import (
	"unsafe"

	"golang.org/x/sys/windows"
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

// pasteWithoutWindow shows a message that asks for a copied text and, when the visitor presses OK, returns the text on the
// clipboard; ok is false when they cancel. The toolkit's clipboard needs its window.
func pasteWithoutWindow(title, message, ask string) (text string, ok bool) {
	if messageBox(title, message+"\n\n"+ask, windows.MB_OKCANCEL|windows.MB_ICONINFORMATION) != idOK {
		return "", false
	}
	if opened, _, _ := openClipboard.Call(0); opened == 0 {
		return "", true // another program holds it; the visitor is asked again
	}
	defer closeClipboard.Call()
	handle, _, _ := getClipboardData.Call(unicodeText)
	if handle == 0 {
		return "", true // there is no text on it
	}
	at, _, _ := globalLock.Call(handle)
	if at == 0 {
		return "", true
	}
	defer globalUnlock.Call(handle)
	return windows.UTF16PtrToString(*(**uint16)(unsafe.Pointer(&at))), true
}
