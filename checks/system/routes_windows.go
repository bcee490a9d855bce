package system

import (
	"errors"
	"net/netip"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"

	"isitme/checks/evidence"
)

// bestRoute2 picks the route and source address for a destination as the TCP/IP stack would (netioapi.h).
var bestRoute2 = windows.NewLazySystemDLL("iphlpapi.dll").NewProc("GetBestRoute2")

// table answers which way packets take.
type table struct {
	adapters []adapter
	// rows are read once, where the system does not pick the route itself.
	rows []forwardRow
	read bool
}

// routesTo finds the way to each address. A destination whose way cannot be found out is left out and said.
func (t *table) routesTo(r *reader, addresses []string) []evidence.Route {
	var routes []evidence.Route
	for _, text := range addresses {
		destination, err := netip.ParseAddr(text)
		if err != nil {
			continue
		}
		destination = destination.Unmap().WithZone("")
		route, err := t.route(destination)
		if err != nil {
			if route.Failure = routeFailure(err); route.Failure == evidence.Unknown {
				r.unread(partRoutes, err)
				continue
			}
		}
		routes = append(routes, route)
	}
	return routes
}

// route asks the TCP/IP stack about one destination. Wine, which knows the call and does not do it, has the routing
// table, which is then read in the stack's place.
func (t *table) route(destination netip.Addr) (evidence.Route, error) {
	route := evidence.Route{Destination: destination.String()}
	row, source, err := stackRoute(destination)
	if errors.Is(err, windows.ERROR_NOT_SUPPORTED) || errors.Is(err, windows.ERROR_PROC_NOT_FOUND) {
		row, err = t.lookup(destination)
	}
	if err != nil {
		return route, err
	}
	route.Interface = t.name(row.Interface, destination)
	if row.NextHop.IsValid() && !row.NextHop.IsUnspecified() {
		route.Gateway = row.NextHop.String()
	}
	if source.IsValid() {
		route.Source = source.String()
		if !usable(source, destination) {
			route.Failure = evidence.NetworkUnreachable
		}
	}
	return route, nil
}

// stackRoute is the stack's own choice of a route and source address.
func stackRoute(destination netip.Addr) (forwardRow, netip.Addr, error) {
	if bestRoute2.Find() != nil {
		return forwardRow{}, netip.Addr{}, windows.ERROR_PROC_NOT_FOUND
	}
	to := rawAddress(destination)
	var row windows.MibIpForwardRow2
	var source windows.RawSockaddrInet
	status, _, _ := bestRoute2.Call(0, 0, 0, uintptr(unsafe.Pointer(&to)), 0,
		uintptr(unsafe.Pointer(&row)), uintptr(unsafe.Pointer(&source)))
	if status != 0 {
		return forwardRow{}, netip.Addr{}, syscall.Errno(status)
	}
	return translateRow(row), address(source), nil
}

// lookup picks from the routing table, which leaves out this computer itself.
func (t *table) lookup(destination netip.Addr) (forwardRow, error) {
	if destination.IsLoopback() {
		for _, a := range t.adapters {
			if a.Type == ifLoopback {
				return forwardRow{Interface: a.Indexes[family(destination)]}, nil
			}
		}
	}
	if !t.read {
		var list *windows.MibIpForwardTable2
		if err := windows.GetIpForwardTable2(windows.AF_UNSPEC, &list); err != nil {
			return forwardRow{}, err
		}
		defer windows.FreeMibTable(unsafe.Pointer(list))
		for _, raw := range list.Rows() {
			row := translateRow(raw)
			row.Metric += t.metric(row.Interface, row.Destination.Addr())
			t.rows = append(t.rows, row)
		}
		t.read = true
	}
	row, ok := bestRow(t.rows, destination)
	if !ok {
		return row, windows.ERROR_NETWORK_UNREACHABLE
	}
	return row, nil
}

// translateRow copies one entry of Windows' table.
func translateRow(raw windows.MibIpForwardRow2) forwardRow {
	return forwardRow{
		Destination: netip.PrefixFrom(address(raw.DestinationPrefix.Prefix), int(raw.DestinationPrefix.PrefixLength)),
		NextHop:     address(raw.NextHop),
		Interface:   raw.InterfaceIndex,
		Metric:      raw.Metric,
	}
}

// family is the index of an address's family in an adapter's pairs.
func family(a netip.Addr) int {
	if a.Is4() {
		return 0
	}
	return 1
}

// name is the name of the adapter with an index in the family of an address.
func (t *table) name(index uint32, of netip.Addr) string {
	for _, a := range t.adapters {
		if a.Indexes[family(of)] == index {
			return a.Name
		}
	}
	return ""
}

// metric is the part of a route's metric that its adapter adds.
func (t *table) metric(index uint32, of netip.Addr) uint32 {
	for _, a := range t.adapters {
		if a.Indexes[family(of)] == index {
			return a.Metrics[family(of)]
		}
	}
	return 0
}

// rawAddress is an address as Windows takes it (SOCKADDR_INET).
func rawAddress(a netip.Addr) windows.RawSockaddrInet {
	var raw windows.RawSockaddrInet
	data := (*[24]byte)(unsafe.Pointer(&raw.Data))
	if a.Is4() {
		raw.Family = windows.AF_INET
		four := a.As4()
		copy(data[:], four[:])
		return raw
	}
	raw.Family = windows.AF_INET6
	sixteen := a.As16()
	copy(data[4:], sixteen[:]) // after the flow label
	return raw
}

// address is the reverse; it is invalid for any other family.
func address(raw windows.RawSockaddrInet) netip.Addr {
	data := (*[24]byte)(unsafe.Pointer(&raw.Data))
	switch raw.Family {
	case windows.AF_INET:
		return netip.AddrFrom4([4]byte(data[:4]))
	case windows.AF_INET6:
		return netip.AddrFrom16([16]byte(data[4:20]))
	default:
		return netip.Addr{}
	}
}

// routeFailure names why Windows has no way.
func routeFailure(err error) evidence.Failure {
	switch {
	case errors.Is(err, windows.ERROR_NETWORK_UNREACHABLE), errors.Is(err, windows.ERROR_NOT_FOUND),
		errors.Is(err, windows.ERROR_FILE_NOT_FOUND), errors.Is(err, windows.WSAENETUNREACH):
		return evidence.NetworkUnreachable
	case errors.Is(err, windows.ERROR_HOST_UNREACHABLE), errors.Is(err, windows.WSAEHOSTUNREACH):
		return evidence.HostUnreachable
	default:
		return evidence.Unknown
	}
}
