package system

import (
	"encoding/binary"

	"github.com/vishvananda/netlink"
	"github.com/vishvananda/netlink/nl"
	"golang.org/x/sys/unix"
)

// wirelessLinks are the indexes of the Wi-Fi interfaces, by nl80211's own list: to the rest of the kernel they are
// Ethernet. Where there is no Wi-Fi the family does not exist, and the list is empty.
func wirelessLinks() map[int]bool {
	family, err := netlink.GenlFamilyGet("nl80211")
	if err != nil {
		return nil
	}
	req := nl.NewNetlinkRequest(int(family.ID), unix.NLM_F_DUMP)
	req.AddData(&nl.Genlmsg{Command: unix.NL80211_CMD_GET_INTERFACE})
	messages, err := req.Execute(unix.NETLINK_GENERIC, 0)
	if err != nil {
		return nil
	}
	links := map[int]bool{}
	for _, message := range messages {
		if len(message) < nl.SizeofGenlmsg {
			continue
		}
		attributes, err := nl.ParseRouteAttr(message[nl.SizeofGenlmsg:])
		if err != nil {
			continue
		}
		for _, attribute := range attributes {
			if attribute.Attr.Type == unix.NL80211_ATTR_IFINDEX && len(attribute.Value) >= 4 {
				links[int(binary.NativeEndian.Uint32(attribute.Value))] = true
			}
		}
	}
	return links
}
