package system

import (
	"context"
	"net"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"isitme/checks/evidence"
)

// serveNames answers DNS questions on 127.0.0.1:53 of this network namespace until the test ends.
func serveNames(t *testing.T, handler dns.HandlerFunc) {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:53")
	must(t, err)
	server := &dns.Server{PacketConn: conn, Handler: handler}
	done := make(chan error, 1)
	go func() { done <- server.ActivateAndServe() }()
	t.Cleanup(func() {
		server.Shutdown()
		<-done
	})
}

// zone answers for shop.example, an alias and a name without addresses; silent.example gets no answer, all else NXDOMAIN.
func zone(w dns.ResponseWriter, q *dns.Msg) {
	reply := new(dns.Msg).SetReply(q)
	question := q.Question[0]
	add := func(text string) {
		if rr, err := dns.NewRR(text); err == nil && (rr.Header().Rrtype == question.Qtype || rr.Header().Rrtype == dns.TypeCNAME) {
			reply.Answer = append(reply.Answer, rr)
		}
	}
	switch strings.ToLower(question.Name) {
	case "shop.example.":
		add("shop.example. 60 IN A 192.0.2.7")
		add("shop.example. 60 IN A 192.0.2.8")
		add("shop.example. 60 IN AAAA 2001:db8::7")
	case "www.shop.example.":
		add("www.shop.example. 60 IN CNAME cdn.example.")
		add("cdn.example. 60 IN A 192.0.2.9")
	case "empty.example.":
	case "broken.example.":
		reply.Rcode = dns.RcodeServerFailure
	case "silent.example.":
		return
	default:
		reply.Rcode = dns.RcodeNameError
	}
	w.WriteMsg(reply)
}

func TestLookupHost(t *testing.T) {
	if firstFile(getentPaths...) == "" {
		cannot(t, "no getent")
	}
	if !inNamespaces(t) {
		return
	}
	ethernet(t, "lan", "192.0.2.10/24", "2001:db8:1::10/64") // the C library asks for a family only with an address of it
	serveNames(t, zone)
	// What takes as long as a silent server's time-out counts as silence: only where there is one is that short.
	replaceFile(t, "/etc/resolv.conf", "nameserver 127.0.0.1\noptions timeout:30 attempts:1\n")
	replaceFile(t, "/etc/nsswitch.conf", "hosts: files dns\n")
	replaceFile(t, "/etc/hosts", "127.0.0.1 localhost\n192.0.2.66 mine.example\n")
	tests := []struct {
		host      string
		addresses []string
		cname     string
		failure   evidence.Failure
	}{
		{"shop.example", []string{"192.0.2.7", "192.0.2.8", "2001:db8::7"}, "", evidence.None},
		{"SHOP.example.", []string{"192.0.2.7", "192.0.2.8", "2001:db8::7"}, "", evidence.None},
		{"www.shop.example", []string{"192.0.2.9"}, "cdn.example", evidence.None},
		{"mine.example", []string{"192.0.2.66"}, "", evidence.None},
		{"localhost", []string{"127.0.0.1"}, "", evidence.None},
		{"203.0.113.5", []string{"203.0.113.5"}, "", evidence.None},
		{"2001:DB8::5", []string{"2001:db8::5"}, "", evidence.None},
		{"gone.example", nil, "", evidence.DNSNotFound},
		{"empty.example", nil, "", evidence.DNSNotFound},
		{"broken.example", nil, "", evidence.DNSNotFound}, // the C library does not tell it from the others
		{"-rf.example", nil, "", evidence.DNSNotFound},
		{"a b", nil, "", evidence.DNSNotFound},
	}
	for _, test := range tests {
		answer := LookupHost(context.Background(), test.host)
		slices.Sort(answer.Addresses)
		if !slices.Equal(answer.Addresses, test.addresses) || answer.Failure != test.failure {
			t.Errorf("%s: %v %q", test.host, answer.Addresses, answer.Failure)
		}
		if got := append(answer.CNAMEs, "")[0]; got != test.cname {
			t.Errorf("%s: alias of %q", test.host, got)
		}
		if answer.Name != test.host || answer.Type != "A+AAAA" || answer.Role != evidence.RoleSystem || answer.Transport != evidence.OverOS {
			t.Errorf("%+v", answer)
		}
	}

	t.Run("silence", func(t *testing.T) {
		replaceFile(t, "/etc/resolv.conf", "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
		if answer := LookupHost(context.Background(), "silent.example"); answer.Failure != evidence.Timeout || len(answer.Addresses) > 0 {
			t.Errorf("%+v", answer)
		}
	})

	t.Run("stopped", func(t *testing.T) {
		replaceFile(t, "/etc/resolv.conf", "nameserver 127.0.0.1\n") // five seconds, twice
		ctx, stop := context.WithCancel(context.Background())
		time.AfterFunc(100*time.Millisecond, stop)
		if answer := LookupHost(ctx, "silent.example"); answer.Failure != evidence.Interrupted {
			t.Errorf("%v", answer.Failure)
		}
	})

	t.Run("without getent", func(t *testing.T) {
		saved := getentPaths
		getentPaths = nil
		defer func() { getentPaths = saved }()
		// Go's resolver reads the file once, as far as this test is concerned.
		replaceFile(t, "/etc/resolv.conf", "nameserver 127.0.0.1\noptions timeout:5 attempts:1\n")
		answer := LookupHost(context.Background(), "shop.example")
		slices.Sort(answer.Addresses)
		if !slices.Equal(answer.Addresses, []string{"192.0.2.7", "192.0.2.8", "2001:db8::7"}) {
			t.Errorf("%+v", answer)
		}
		if got := LookupHost(context.Background(), "gone.example").Failure; got != evidence.DNSNotFound {
			t.Errorf("%v", got)
		}
		if got := LookupHost(context.Background(), "silent.example").Failure; got != evidence.Timeout {
			t.Errorf("%v", got)
		}
	})
}

func TestReadNeverHangs(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	req := visit(t, "https://localhost/")
	sys, _ := Read(ctx, req)
	if sys.OS != "linux" {
		t.Errorf("%+v", sys)
	}
}

func TestReadHostsOfThisComputer(t *testing.T) {
	if !inNamespaces(t) {
		return
	}
	replaceFile(t, "/etc/hosts", "127.0.0.1 localhost\n0.0.0.0 ads.example shop.example\n")
	os.Unsetenv("https_proxy")
	sys, _ := Read(context.Background(), visit(t, "https://shop.example/"))
	want := evidence.HostsEntry{File: "/etc/hosts", Line: 2, Address: "0.0.0.0", Name: "shop.example"}
	if len(sys.Hosts) != 1 || sys.Hosts[0] != want {
		t.Errorf("%+v", sys.Hosts)
	}
	literal := visit(t, "https://0.0.0.0/")
	literal.Target.Literal = true
	if sys, _ := Read(context.Background(), literal); len(sys.Hosts) > 0 {
		t.Errorf("an address has hosts entries: %+v", sys.Hosts)
	}
}
