package evidence_test

import (
	"testing"

	"isitme/checks/evidence"
)

func TestLocal(t *testing.T) {
	for address, want := range map[string]bool{
		"10.1.2.3": true, "172.31.255.255": true, "192.168.0.1": true, "100.64.0.1": true, "100.127.255.255": true, "169.254.1.1": true,
		"127.0.0.53": true, "0.0.0.0": true, "0.1.2.3": true, "224.0.0.251": true, "::": true, "::1": true, "fd00::1": true,
		"fe80::1": true, "fe80::1%eth0": true, "ff02::fb": true, "::ffff:192.168.0.1": true,
		"172.32.0.1": false, "100.128.0.1": false, "192.0.2.1": false, "8.8.8.8": false, "2001:db8::1": false, "::ffff:8.8.8.8": false,
		"localhost": false, "": false,
	} {
		if evidence.Local(address) != want {
			t.Errorf("%q: %v", address, !want)
		}
	}
}
