package window

import (
	"unsafe"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"golang.org/x/sys/windows"
)

var (
	user32        = windows.NewLazySystemDLL("user32.dll")
	flashWindowEx = user32.NewProc("FlashWindowEx")
)

// flashInfo is FLASHWINFO of winuser.h.
type flashInfo struct {
	size    uint32
	window  uintptr
	flags   uint32
	count   uint32
	timeout uint32
}

// flashAll | flashUntilForeground of winuser.h: caption and taskbar button, until the window comes to the front.
const flashUntilSeen = 0x3 | 0xC

// notify draws attention to the window. The text stands in the window's own banner: Fyne would start PowerShell to
// show it, which a program that people run when something is wrong should not do.
func notify(_ fyne.App, w fyne.Window, _, _ string) {
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return
	}
	native.RunNative(func(context any) {
		if c, ok := context.(driver.WindowsWindowContext); ok && c.HWND != 0 {
			info := flashInfo{window: c.HWND, flags: flashUntilSeen}
			info.size = uint32(unsafe.Sizeof(info))
			// Its result is whether the window was active before: there is no error to report.
			_, _, _ = flashWindowEx.Call(uintptr(unsafe.Pointer(&info)))
		}
	})
}

// sayWithoutWindow shows a message where there is no console and no window of ours.
func sayWithoutWindow(title, message string) {
	messageBox(title, message, windows.MB_OK|windows.MB_ICONINFORMATION)
}

// idOK is IDOK of winuser.h: the visitor pressed OK.
const idOK = 1

// messageBox shows a message of the system and returns the button that was pressed, 0 where it could not be shown.
func messageBox(title, message string, kind uint32) int32 {
	t, errTitle := windows.UTF16PtrFromString(title)
	m, errMessage := windows.UTF16PtrFromString(message)
	if errTitle != nil || errMessage != nil {
		return 0
	}
	pressed, _ := windows.MessageBox(0, m, t, kind)
	return pressed
}
