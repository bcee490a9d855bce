package probe

import (
	"golang.org/x/sys/unix"

	"isitme/checks/environment"
)

// setOptions sets opt on a socket that is not connected yet. SO_BINDTODEVICE needs no rights since Linux 5.7 as long
// as the socket is not bound to another device (socket(7)); before, it is EPERM.
func setOptions(fd uintptr, _ string, opt environment.DialOptions) error {
	if opt.Interface != "" {
		if err := unix.BindToDevice(int(fd), opt.Interface); err != nil {
			return err
		}
	}
	if opt.MaxSegment > 0 {
		return unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_MAXSEG, opt.MaxSegment)
	}
	return nil
}
