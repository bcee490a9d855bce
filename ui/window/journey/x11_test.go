package journey

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
)

// eye is a client of the X server that tells the window something as a window manager does, and that in measurements
// presses keys, moves the pointer and looks at a few pixels, all within a fraction of a millisecond: a tool that is started
// for each of them takes longer than what is to be measured. It speaks the X protocol, version 11, and the extension XTEST.
type eye struct {
	conn net.Conn
	root uint32
	own  uint32 // the first number for what this client makes
	test byte   // the major opcode of XTEST
	// answered says that a ping was.
	answered bool
}

// The requests and events of X11 that are used here. What a client sends on is marked (X11 protocol, "Event Format").
const (
	xChangeAttributes, xInternAtom, xSendEvent, xQueryExtension = 2, 16, 25, 98
	xClientMessage, xSentOn                                     = 33, 0x80
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
	e.own = le.Uint32(rest[4:])
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
		default:
			e.note(reply)
		}
	}
}

// atom is the number of a name.
func (e *eye) atom(name string) (uint32, error) {
	length := uint16(len(name))
	request := le.AppendUint16([]byte{xInternAtom, 0}, 2+(length+3)/4)
	request = append(le.AppendUint16(request, length), 0, 0)
	request = append(append(request, name...), make([]byte, (4-length%4)%4)...)
	reply, err := e.ask(request)
	if err != nil {
		return 0, err
	}
	return le.Uint32(reply[8:]), nil
}

// tell sends a window a message of a window manager's (ICCCM, 4.2.8) and returns when the server has it.
func (e *eye) tell(window uint32, protocol string) error {
	protocols, err := e.atom("WM_PROTOCOLS")
	if err != nil {
		return err
	}
	which, err := e.atom(protocol)
	if err != nil {
		return err
	}
	const longs = 32
	request := le.AppendUint32([]byte{xSendEvent, 0, 11, 0}, window)
	request = le.AppendUint32(request, 0) // to the window's own client
	request = append(request, xClientMessage, longs, 0, 0)
	for _, n := range []uint32{window, protocols, which, 0, window, 0, 0} {
		request = le.AppendUint32(request, n)
	}
	_, err = e.ask(append(request, 43, 0, 1, 0)) // with GetInputFocus behind it, whose reply says that it arrived
	return err
}

// ping returns when the window's client has taken all events up to now: it answers _NET_WM_PING to the root window
// (Extended Window Manager Hints, "Window Manager Protocols").
func (e *eye) ping(window uint32) error {
	const eventMask, substructureNotify = 1 << 11, 1 << 19
	request := le.AppendUint32([]byte{xChangeAttributes, 0, 4, 0}, e.root)
	request = le.AppendUint32(le.AppendUint32(request, eventMask), substructureNotify)
	if _, err := e.conn.Write(request); err != nil {
		return err
	}
	e.answered = false
	if err := e.tell(window, "_NET_WM_PING"); err != nil {
		return err
	}
	event := make([]byte, 32)
	for !e.answered {
		if _, err := io.ReadFull(e.conn, event); err != nil {
			return err
		}
		e.note(event)
	}
	return nil
}

// note looks at an event: nobody else than a client that answers a ping sends messages to the root window.
func (e *eye) note(event []byte) {
	e.answered = e.answered || event[0] == xClientMessage|xSentOn && le.Uint32(event[4:]) == e.root
}
