package system

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/netip"
	"os"
	"strings"

	"isitme/checks/evidence"
)

// Limits of a hosts file: lists that block advertisements reach several megabytes.
const (
	maxHostsFile = 64 << 20
	maxHostsLine = 64 << 10
)

// Hosts returns the lines of a hosts file (hosts(5)) that name host, with path as their File. Names compare without
// case; a line may carry several. A line whose address cannot be read has no effect on the system and is left out.
func Hosts(path string, r io.Reader, host string) ([]evidence.HostsEntry, error) {
	host = strings.TrimSuffix(host, ".")
	lines := bufio.NewReaderSize(io.LimitReader(r, maxHostsFile), maxHostsLine)
	var found []evidence.HostsEntry
	for number := 1; ; number++ {
		line, tooLong, err := lines.ReadLine()
		if err == io.EOF {
			return found, nil
		}
		if err != nil {
			return found, err
		}
		if entry, ok := hostsLine(line, host); ok {
			entry.File, entry.Line = path, number
			found = append(found, entry)
		}
		for tooLong && err == nil { // names past maxHostsLine are not read
			_, tooLong, err = lines.ReadLine()
		}
	}
}

// hostsLine reads one line and reports whether it names host.
func hostsLine(line []byte, host string) (evidence.HostsEntry, bool) {
	line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf")) // Notepad's byte order mark, on the first line
	text, _, _ := strings.Cut(string(line), "#")
	fields := strings.Fields(text)
	if len(fields) < 2 {
		return evidence.HostsEntry{}, false
	}
	address, err := netip.ParseAddr(fields[0])
	if err != nil {
		return evidence.HostsEntry{}, false
	}
	for _, name := range fields[1:] {
		if strings.EqualFold(strings.TrimSuffix(name, "."), host) {
			return evidence.HostsEntry{Address: address.WithZone("").String(), Name: name}, true
		}
	}
	return evidence.HostsEntry{}, false
}

// readHosts reads this computer's hosts file for the target's name.
func readHosts(_ context.Context, r *reader) {
	if r.Target.Literal || r.Target.Host == "" {
		return // an address is not looked up
	}
	path := hostsPath()
	file, err := os.Open(path)
	if os.IsNotExist(err) {
		return // systems work without one
	}
	if err != nil {
		r.unread(partHosts, err)
		return
	}
	defer file.Close()
	found, err := Hosts(path, file, r.Target.Host)
	if err != nil {
		r.unread(partHosts, err)
	}
	r.set(func(s *evidence.System) { s.Hosts = found })
}
