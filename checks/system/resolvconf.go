package system

import (
	"bufio"
	"io"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// resolvConf is what resolv.conf(5) sets for the C library's resolver.
type resolvConf struct {
	Servers []string
	// Timeout is the patience for one server and one attempt.
	Timeout time.Duration
}

// Limits of glibc's resolver (resolv.h: MAXNS, RES_MAXRETRANS, RES_TIMEOUT).
const (
	maxServers      = 3
	maxServerWait   = 30 * time.Second
	usualServerWait = 5 * time.Second
)

// readResolvConf reads a resolv.conf. Without a name server the C library asks the one on this computer, so that one is
// returned. Zones of link-local servers are dropped: evidence has none.
func readResolvConf(r io.Reader) (resolvConf, error) {
	conf := resolvConf{Timeout: usualServerWait}
	lines := bufio.NewScanner(io.LimitReader(r, maxOutput))
	for lines.Scan() {
		text := lines.Text()
		if i := strings.IndexAny(text, "#;"); i >= 0 {
			text = text[:i]
		}
		fields := strings.Fields(text)
		if len(fields) < 2 {
			continue
		}
		switch fields[0] {
		case "nameserver":
			address, err := netip.ParseAddr(fields[1])
			if err == nil && len(conf.Servers) < maxServers {
				conf.Servers = append(conf.Servers, address.WithZone("").String())
			}
		case "options":
			for _, option := range fields[1:] {
				conf.option(option)
			}
		}
	}
	if len(conf.Servers) == 0 {
		conf.Servers = []string{"127.0.0.1"}
	}
	return conf, lines.Err()
}

// option applies one option; the others do not change who is asked or for how long.
func (c *resolvConf) option(text string) {
	value, ok := strings.CutPrefix(text, "timeout:")
	if !ok {
		return
	}
	if seconds, err := strconv.Atoi(value); err == nil && seconds > 0 {
		c.Timeout = min(time.Duration(seconds)*time.Second, maxServerWait)
	}
}
