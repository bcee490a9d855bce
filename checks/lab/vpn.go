//go:build linux

package lab

import (
	"fmt"
	"time"
)

// vpn connects the visitor to a VPN whose other end is in the internet, carrying all traffic. ExitRules are rules for
// what comes out of the tunnel there. Cut makes the server fall silent once the tunnel stands.
func vpn(cut bool, exitRules ...string) fault {
	return func(w *world) {
		for _, rule := range exitRules {
			w.rule(internetIn, "iifname \"tun0\" "+rule)
		}
		w.settings = append(w.settings, func(r *running) error {
			if err := r.tunnel(); err != nil {
				return err
			}
			if cut {
				return r.internet.nft("add rule inet lab in udp dport 1194 drop")
			}
			return nil
		})
	}
}

// tunnel starts OpenVPN at both ends and waits until traffic passes.
func (r *running) tunnel() error {
	files := map[string]string{}
	for _, end := range []string{"vpn-server", "vpn-client"} {
		chain, err := r.authority.issue(certificate{}, r.now(), end)
		if err != nil {
			return err
		}
		pem, err := pemOf(chain)
		if err != nil {
			return err
		}
		if files[end], err = r.write(end+".pem", pem); err != nil {
			return err
		}
	}
	ca, err := r.write("vpn-ca.pem", r.authority.rootPEM())
	if err != nil {
		return err
	}
	start := func(n *namespace, name string) (*daemon, error) {
		conf, err := r.template(name+".conf", name+".conf", map[string]any{
			"CA": ca, "PEM": files[name], "Server": vpnServer,
		})
		if err != nil {
			return nil, err
		}
		return r.daemon(n, name, "openvpn", "--config", conf)
	}
	serverEnd, err := start(r.internet, "vpn-server")
	if err != nil {
		return err
	}
	if err := r.awaitLog(serverEnd, "Initialization Sequence Completed"); err != nil {
		return err
	}
	clientEnd, err := start(r.visitor, "vpn-client")
	if err != nil {
		return err
	}
	if err := r.awaitLog(clientEnd, "Initialization Sequence Completed"); err != nil {
		return err
	}
	return r.await(clientEnd, func() error {
		c, err := r.visitor.dial("tcp", "93.184.215.14:443", time.Second)
		if err != nil {
			return fmt.Errorf("through the tunnel: %w", err)
		}
		return c.Close()
	})
}
