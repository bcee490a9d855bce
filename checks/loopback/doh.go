package loopback

import (
	"io"
	"net/http"

	"github.com/miekg/dns"

	"isitme/checks/evidence"
)

// DoH is an RFC 8484 endpoint that answers as s does.
func (s *NameServer) DoH() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		wire, err := io.ReadAll(io.LimitReader(r.Body, dns.MaxMsgSize))
		q := new(dns.Msg)
		if err != nil || r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/dns-message" || q.Unpack(wire) != nil {
			http.Error(w, "bad request", http.StatusBadRequest)
			return
		}
		m := s.answer(Asked{q, evidence.OverHTTPS})
		if m == nil {
			<-r.Context().Done()
			return
		}
		if wire, err = m.Pack(); err != nil {
			http.Error(w, "cannot pack", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/dns-message")
		w.Write(wire)
	})
}
