package standin

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

// Request is the body of a new measurement: the documented properties of an HTTP one, and no others.
type Request struct {
	Type              string          `json:"type"`
	Target            string          `json:"target"`
	InProgressUpdates *bool           `json:"inProgressUpdates,omitempty"`
	Timeout           *int            `json:"timeout,omitempty"`
	Limit             *int            `json:"limit,omitempty"`
	Locations         []Location      `json:"locations,omitempty"`
	Options           json.RawMessage `json:"measurementOptions,omitempty"`

	HTTP Options `json:"-"`
}

// Location is one place to measure from.
type Location struct {
	Continent string   `json:"continent,omitempty"`
	Region    string   `json:"region,omitempty"`
	Country   string   `json:"country,omitempty"`
	State     string   `json:"state,omitempty"`
	City      string   `json:"city,omitempty"`
	ASN       int      `json:"asn,omitempty"`
	Network   string   `json:"network,omitempty"`
	Magic     string   `json:"magic,omitempty"`
	Tags      []string `json:"tags,omitempty"`
	Limit     *int     `json:"limit,omitempty"`
}

// Options are the options of an HTTP measurement.
type Options struct {
	Protocol  string `json:"protocol"`
	Port      *int   `json:"port"`
	Resolver  string `json:"resolver"`
	IPVersion *int   `json:"ipVersion"`
	Request   struct {
		Host    string            `json:"host"`
		Path    string            `json:"path"`
		Query   string            `json:"query"`
		Method  string            `json:"method"`
		Headers map[string]string `json:"headers"`
	} `json:"request"`
}

var (
	hostName    = regexp.MustCompile(`^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?$`)
	countryCode = regexp.MustCompile(`^[A-Z]{2}$`)
	continents  = []string{"AF", "AN", "AS", "EU", "NA", "OC", "SA"}
)

// Read checks a request against the documented schema; unknown properties are errors.
func Read(body []byte) (Request, error) {
	var r Request
	if err := strict(body, &r); err != nil {
		return Request{}, err
	}
	if err := strict(r.Options, &r.HTTP); err != nil {
		return Request{}, fmt.Errorf("measurementOptions: %w", err)
	}
	if r.Type != "http" {
		return Request{}, fmt.Errorf("type %q", r.Type)
	}
	if addr, err := netip.ParseAddr(r.Target); err == nil && (addr.IsPrivate() || addr.IsLoopback() || addr.IsLinkLocalUnicast()) {
		return Request{}, errors.New("private hostnames are not allowed")
	} else if err != nil && !hostName.MatchString(r.Target) {
		return Request{}, fmt.Errorf("target %q is no host", r.Target)
	}
	if r.Timeout != nil && (*r.Timeout < 5 || *r.Timeout > 30) {
		return Request{}, fmt.Errorf("timeout %d", *r.Timeout)
	}
	if err := r.checkLocations(); err != nil {
		return Request{}, err
	}
	return r, r.HTTP.check()
}

func (r Request) checkLocations() error {
	total := 0
	for _, l := range r.Locations {
		if l.Continent+l.Region+l.Country+l.State+l.City+l.Network+l.Magic == "" && l.ASN == 0 && len(l.Tags) == 0 {
			return errors.New("a location that names no place")
		}
		if l.Continent != "" && !slices.Contains(continents, l.Continent) {
			return fmt.Errorf("continent %q", l.Continent)
		}
		if l.Country != "" && !countryCode.MatchString(l.Country) {
			return fmt.Errorf("country %q", l.Country)
		}
		if l.Limit != nil && r.Limit != nil {
			return errors.New("limit per location is not allowed when a global limit is set")
		}
		if l.Limit != nil && (*l.Limit < 1 || *l.Limit > 200) {
			return fmt.Errorf("limit %d", *l.Limit)
		}
		total += l.limit()
	}
	if r.Limit != nil && (*r.Limit < 1 || *r.Limit > 50) || total > 50 {
		return errors.New("more probes than an anonymous client may ask")
	}
	return nil
}

func (o Options) check() error {
	if !slices.Contains([]string{"HTTP", "HTTPS", "HTTP2"}, o.Protocol) {
		return fmt.Errorf("protocol %q", o.Protocol)
	}
	if !slices.Contains([]string{"GET", "HEAD", "OPTIONS"}, o.Request.Method) {
		return fmt.Errorf("method %q", o.Request.Method)
	}
	if o.Port != nil && (*o.Port < 0 || *o.Port > 65535) {
		return fmt.Errorf("port %d", *o.Port)
	}
	if o.IPVersion != nil && *o.IPVersion != 4 && *o.IPVersion != 6 {
		return fmt.Errorf("ipVersion %d", *o.IPVersion)
	}
	if !strings.HasPrefix(o.Request.Path, "/") {
		return fmt.Errorf("path %q", o.Request.Path)
	}
	return nil
}

func (l Location) limit() int {
	if l.Limit == nil {
		return 1
	}
	return *l.Limit
}

func strict(data []byte, to any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	return dec.Decode(to)
}
