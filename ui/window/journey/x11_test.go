package journey

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
)

// eye is a client of the X server that presses keys, moves the pointer and looks at a few pixels, all within a fraction
// of a millisecond: a tool that is started for each of them takes longer than what is to be measured. It speaks the X
// protocol, version 11, and the extension XTEST.
type eye struct {
	conn net.Conn
	root uint32
	test byte // the major opcode of XTEST
}

// The requests and events of X11 and XTEST that are used here.
const (
	xGetImage, xQueryExtension, xGetKeyboardMapping, xtestFakeInput = 73, 98, 101, 2
	xKeyPress, xKeyRelease, xMotion                                 = 2, 3, 6
)

var le = binary.LittleEndian

// openEye connects to a display such as ":100".
func openEye(display string) (*eye, error) {
	conn, err := net.Dial("unix", "/tmp/.X11-unix/X"+strings.TrimPrefix(display, ":"))
	if err != nil {
		return nil, err
	}
	e := &eye{conn: conn}
	if err := e.begin(); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return e, nil
}

// begin makes the connection: little-endian, version 11.0, no authorisation.
func (e *eye) begin() error {
	if _, err := e.conn.Write([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0}); err != nil {
		return err
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(e.conn, head); err != nil {
		return err
	}
	rest := make([]byte, int(le.Uint16(head[6:]))*4)
	if _, err := io.ReadFull(e.conn, rest); err != nil {
		return err
	}
	if head[0] != 1 {
		return fmt.Errorf("the X server refuses: %q", rest)
	}
	vendor, formats := int(le.Uint16(rest[16:])), int(rest[21])
	e.root = le.Uint32(rest[32+(vendor+3)/4*4+8*formats:]) // the first screen begins with its root window
	name := "XTEST"
	request := append([]byte{xQueryExtension, 0, 4, 0, byte(len(name)), 0, 0, 0}, name...)
	reply, err := e.ask(append(request, 0, 0, 0))
	if err != nil {
		return err
	}
	if reply[8] != 1 {
		return errors.New("the X server has no XTEST")
	}
	e.test = reply[9]
	return nil
}

// ask sends a request that has a reply and returns that.
func (e *eye) ask(request []byte) ([]byte, error) {
	if _, err := e.conn.Write(request); err != nil {
		return nil, err
	}
	reply := make([]byte, 32)
	for {
		if _, err := io.ReadFull(e.conn, reply); err != nil {
			return nil, err
		}
		switch reply[0] {
		case 0:
			return nil, fmt.Errorf("the X server reports error %d", reply[1])
		case 1:
			more := make([]byte, le.Uint32(reply[4:])*4)
			_, err := io.ReadFull(e.conn, more)
			return append(reply, more...), err
		}
	}
}

// look is the pixels of a rectangle of the screen.
func (e *eye) look(x, y, w, h int) ([]byte, error) {
	const wholePixels = 2 // ZPixmap
	r := []byte{xGetImage, wholePixels, 5, 0}
	r = le.AppendUint32(r, e.root)
	for _, n := range []int{x, y, w, h} {
		r = le.AppendUint16(r, uint16(n))
	}
	reply, err := e.ask(le.AppendUint32(r, 0xFFFFFFFF))
	if err != nil {
		return nil, err
	}
	return reply[32:], nil
}

// move puts the pointer somewhere.
func (e *eye) move(x, y int) error { return e.fake(xMotion, 0, x, y) }

// press presses and releases the key with that X keysym.
func (e *eye) press(keysym uint32) error {
	const first, count = 8, 248 // every keycode there can be
	reply, err := e.ask([]byte{xGetKeyboardMapping, 0, 2, 0, first, count, 0, 0})
	if err != nil {
		return err
	}
	per := int(reply[1])
	for i := range count {
		if le.Uint32(reply[32+i*per*4:]) == keysym {
			return errors.Join(e.fake(xKeyPress, byte(first+i), 0, 0), e.fake(xKeyRelease, byte(first+i), 0, 0))
		}
	}
	return fmt.Errorf("no key for keysym %#x", keysym)
}

// fake is XTestFakeInput.
func (e *eye) fake(kind, detail byte, x, y int) error {
	r := make([]byte, 36)
	r[0], r[1], r[2], r[4], r[5] = e.test, xtestFakeInput, 9, kind, detail
	le.PutUint32(r[12:], e.root)
	le.PutUint16(r[24:], uint16(x))
	le.PutUint16(r[26:], uint16(y))
	_, err := e.conn.Write(r)
	return err
}
