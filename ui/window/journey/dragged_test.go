package journey

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"isitme/checks/report/render"
	"isitme/checks/report/reporttest"
	"isitme/checks/words"
)

// drag drops a list of addresses on the window, as a browser or a file manager does.
func (v *visitor) drag(list string) {
	v.t.Helper()
	e, err := openEye(v.display)
	if err != nil {
		v.t.Fatal(err)
	}
	defer e.conn.Close()
	if err := errors.Join(e.conn.SetDeadline(time.Now().Add(patience)), e.drag(v.number(), list)); err != nil {
		v.t.Fatalf("dragging %q: %v", list, err)
	}
	v.handled()
}

// The requests and events of a drag beside those of an eye.
const (
	xCreateWindow, xChangeProperty, xSetSelectionOwner = 1, 18, 22
	xSelectionRequest, xSelectionNotify                = 30, 31
)

// drag takes the part of the program that something is dragged from (freedesktop.org, "Drag-and-drop protocol for the X
// window system", version 5): it announces what it has, drops it, and hands it out when it is asked.
func (e *eye) drag(window uint32, list string) error {
	const now, version, accepted, inputOnly, longs, bytes = 0, 5 << 24, 1, 2, 32, 8
	atoms := map[string]uint32{}
	for _, name := range []string{
		"text/uri-list", "XdndSelection", "XdndEnter", "XdndPosition", "XdndStatus", "XdndDrop", "XdndFinished", "XdndActionCopy",
	} {
		var err error
		if atoms[name], err = e.atom(name); err != nil {
			return err
		}
	}
	source, kind := e.own, atoms["text/uri-list"]
	send := func(message string, words ...uint32) error {
		event := append([]uint32{window, 0, xClientMessage | longs<<8, window, atoms[message], source}, words...)
		return e.request(xSendEvent, append(event, make([]uint32, 10-len(event))...)...)
	}
	err := errors.Join(
		e.request(xCreateWindow, source, e.root, 0, 1|1<<16, inputOnly<<16, 0, 0),
		e.request(xSetSelectionOwner, source, atoms["XdndSelection"], now),
		send("XdndEnter", version, kind),
		send("XdndPosition", 0, 200<<16|200, now, atoms["XdndActionCopy"]),
	)
	if err != nil {
		return err
	}
	status, err := e.event(xClientMessage)
	if err != nil {
		return err
	}
	if status[2] != atoms["XdndStatus"] || status[4]&accepted == 0 {
		return fmt.Errorf("the window does not take it: %v", status)
	}
	if err := send("XdndDrop", 0, now); err != nil {
		return err
	}
	asked, err := e.event(xSelectionRequest)
	if err != nil {
		return err
	}
	requestor, property := asked[3], asked[6]
	data := []uint32{requestor, property, kind, bytes, uint32(len(list))}
	for i := 0; i < len(list); i += 4 {
		data = append(data, le.Uint32(append([]byte(list[i:min(i+4, len(list))]), 0, 0, 0)))
	}
	if err := errors.Join(
		e.request(xChangeProperty, data...),
		e.request(xSendEvent, requestor, 0, xSelectionNotify, now, requestor, atoms["XdndSelection"], kind, property, 0, 0),
	); err != nil {
		return err
	}
	finished, err := e.event(xClientMessage)
	if err == nil && finished[2] != atoms["XdndFinished"] {
		err = fmt.Errorf("not the end of the drag: %v", finished)
	}
	return err
}

// request sends a request that has no reply.
func (e *eye) request(code byte, words ...uint32) error {
	r := le.AppendUint16([]byte{code, 0}, uint16(1+len(words)))
	for _, w := range words {
		r = le.AppendUint32(r, w)
	}
	_, err := e.conn.Write(r)
	return err
}

// event is the words of the next event of a kind; others are passed over.
func (e *eye) event(kind byte) ([]uint32, error) {
	event := make([]byte, 32)
	for {
		if _, err := io.ReadFull(e.conn, event); err != nil {
			return nil, err
		}
		if event[0] == 0 {
			return nil, fmt.Errorf("the X server reports error %d", event[1])
		}
		if event[0]&^xSentOn == kind {
			var words []uint32
			for i := 0; i < len(event); i += 4 {
				words = append(words, le.Uint32(event[i:]))
			}
			return words, nil
		}
	}
}

// TestDroppingAnywhereStartsACheck drops on a page without a field what other programs drag: a link out of a browser, and
// a link file and a report out of a file manager.
func TestDroppingAnywhereStartsACheck(t *testing.T) {
	v := newVisitor(t, map[string]any{"theme": "light"})
	link := filepath.Join(v.home, "Shop.desktop")
	if err := os.WriteFile(link, []byte("[Desktop Entry]\nType=Link\nURL=http://"+mousesSite+"/summer\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for i, drop := range []struct{ list, address string }{
		{"http://" + keyboardsSite + "/a%20list?of=1&more=%C3%BC\r\n", "http://" + keyboardsSite + "/a%20list?of=1&more=%C3%BC"},
		{"file://" + link + "\r\n", "http://" + mousesSite + "/summer"},
	} {
		v.keys("alt+s")
		v.drag(drop.list)
		v.answered(i+1, "you/offline", tintYou)
		if got := addressOf(v.newest()); got != drop.address {
			t.Errorf("dropped %q, checked %q, want %q", drop.list, got, drop.address)
		}
	}
	saved := filepath.Join(v.home, "Übersicht 1.json")
	if err := render.Save(saved, reporttest.Working().Redact(false), words.For("en"), render.Formats()); err != nil {
		t.Fatal(err)
	}
	v.keys("alt+s")
	v.drag("file://" + v.home + "/%C3%9Cbersicht%201.json\r\n")
	v.shows(tintWorking, tinted)
}

// addressOf is the address of the page that a report is about.
func addressOf(r map[string]any) string {
	evidence, _ := r["evidence"].(map[string]any)
	target, _ := evidence["target"].(map[string]any)
	return fmt.Sprint(target["url"])
}
