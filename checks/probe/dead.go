package probe

import (
	"net"
	"slices"
	"strconv"
	"sync"

	"isitme/checks/evidence"
)

// dead remembers the addresses that took no connection, so that of a name with more of them than are raced at once a later
// try begins with those that were not tried yet, as a browser comes to them in the end. It is safe for concurrent use.
type dead struct {
	mu  sync.Mutex
	all map[string]bool
}

// note takes down how connections went.
func (d *dead) note(dials []evidence.Dial) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.all == nil {
		d.all = map[string]bool{}
	}
	for _, dial := range dials {
		d.all[net.JoinHostPort(dial.Address, strconv.Itoa(dial.Port))] = dial.Failure != evidence.None
	}
}

// last puts the addresses that took no connection at this port behind the others, where there are too many to race all. The
// order is kept otherwise.
func (d *dead) last(addresses []string, port int) []string {
	if len(addresses) <= maxRaced {
		return addresses
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	failed := func(a string) bool { return d.all[net.JoinHostPort(withoutZone(a), strconv.Itoa(port))] }
	living := slices.DeleteFunc(slices.Clone(addresses), failed)
	return append(living, slices.DeleteFunc(slices.Clone(addresses), func(a string) bool { return !failed(a) })...)
}
