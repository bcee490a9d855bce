package system

import (
	"context"
	"errors"
	"net/netip"
	"unsafe"

	"golang.org/x/sys/windows"
)

// maxAdapters bounds the answer about adapters, in bytes; 15 kB is what Microsoft suggests to begin with.
const maxAdapters = 4 << 20

// readNetwork asks the IP helper library for adapters and routes.
func readNetwork(_ context.Context, r *reader) {
	adapters, err := readAdapters()
	if err != nil {
		r.unread(partNetwork, err)
		return
	}
	var n network
	for _, a := range adapters {
		l := a.link()
		n.Links = append(n.Links, l)
		n.Underlay = n.Underlay || a.Up && a.HasGateway && l.Tunnel == ""
	}
	t := table{adapters: adapters}
	n.Site = t.routesTo(r, r.Addresses)
	n.Anywhere = t.routesTo(r, anywhere)
	r.set(n.store)
}

// readAdapters lists the network adapters.
func readAdapters() ([]adapter, error) {
	const flags = windows.GAA_FLAG_SKIP_ANYCAST | windows.GAA_FLAG_SKIP_MULTICAST | windows.GAA_FLAG_INCLUDE_GATEWAYS
	size := uint32(15 << 10)
	for {
		buffer := make([]byte, size)
		first := (*windows.IpAdapterAddresses)(unsafe.Pointer(&buffer[0]))
		err := windows.GetAdaptersAddresses(windows.AF_UNSPEC, flags, 0, first, &size)
		switch {
		case err == nil:
			return translateAdapters(first), nil
		case errors.Is(err, windows.ERROR_NO_DATA):
			return nil, nil // no adapter at all
		case !errors.Is(err, windows.ERROR_BUFFER_OVERFLOW) || size > maxAdapters:
			return nil, err
		}
	}
}

// translateAdapters copies the linked lists that Windows returns.
func translateAdapters(first *windows.IpAdapterAddresses) []adapter {
	var adapters []adapter
	for at := first; at != nil; at = at.Next {
		a := adapter{
			ID:          windows.BytePtrToString(at.AdapterName),
			Name:        windows.UTF16PtrToString(at.FriendlyName),
			Description: windows.UTF16PtrToString(at.Description),
			Type:        at.IfType, Tunnel: at.TunnelType,
			Indexes:    [2]uint32{at.IfIndex, at.Ipv6IfIndex},
			Metrics:    [2]uint32{at.Ipv4Metric, at.Ipv6Metric},
			Up:         at.OperStatus == windows.IfOperStatusUp,
			HasGateway: at.FirstGatewayAddress != nil,
		}
		for u := at.FirstUnicastAddress; u != nil; u = u.Next {
			if address, ok := netip.AddrFromSlice(u.Address.IP()); ok {
				a.Addresses = append(a.Addresses, address)
			}
		}
		for s := at.FirstDnsServerAddress; s != nil; s = s.Next {
			if address, ok := netip.AddrFromSlice(s.Address.IP()); ok {
				a.Servers = append(a.Servers, address)
			}
		}
		adapters = append(adapters, a)
	}
	return adapters
}
