package system

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestResolvConf(t *testing.T) {
	tests := []struct {
		name, file string
		servers    []string
		timeout    time.Duration
	}{
		{"one", "# made by dhcp\nsearch lan\nnameserver 192.0.2.53\n", []string{"192.0.2.53"}, 5 * time.Second},
		{"empty", "", []string{"127.0.0.1"}, 5 * time.Second},
		{"stub", "nameserver 127.0.0.53\noptions edns0 trust-ad\n", []string{"127.0.0.53"}, 5 * time.Second},
		{"three at most", "nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver 2001:db8::1\nnameserver 192.0.2.4\n", []string{"192.0.2.1", "192.0.2.2", "2001:db8::1"}, 5 * time.Second},
		{"zone", "nameserver fe80::1%eth0\n", []string{"fe80::1"}, 5 * time.Second},
		{"comment behind", "nameserver 192.0.2.1 # home\r\n", []string{"192.0.2.1"}, 5 * time.Second},
		{"not an address", "nameserver dns.example\nnameserver\n", []string{"127.0.0.1"}, 5 * time.Second},
		{"timeout", "nameserver 192.0.2.1\noptions attempts:1 timeout:2\n", []string{"192.0.2.1"}, 2 * time.Second},
		{"odd timeouts", "nameserver 192.0.2.1\noptions timeout:0 timeout:x timeout:99\n", []string{"192.0.2.1"}, 30 * time.Second},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			conf, err := readResolvConf(strings.NewReader(test.file))
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(conf.Servers, test.servers) || conf.Timeout != test.timeout {
				t.Errorf("got %v, %v; want %v, %v", conf.Servers, conf.Timeout, test.servers, test.timeout)
			}
		})
	}
}

func FuzzResolvConf(f *testing.F) {
	f.Add("nameserver 192.0.2.1\noptions timeout:3\n")
	f.Add("nameserver ::1%lo ; x\n")
	f.Fuzz(func(t *testing.T, file string) {
		conf, _ := readResolvConf(strings.NewReader(file))
		if len(conf.Servers) < 1 || len(conf.Servers) > maxServers {
			t.Errorf("%d servers", len(conf.Servers))
		}
		for _, server := range conf.Servers {
			if a, err := netip.ParseAddr(server); err != nil || a.Zone() != "" {
				t.Errorf("%q is no plain address", server)
			}
		}
		if conf.Timeout < time.Second || conf.Timeout > maxServerWait {
			t.Errorf("waits %v", conf.Timeout)
		}
	})
}
