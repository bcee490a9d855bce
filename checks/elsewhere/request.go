package elsewhere

import (
	"strings"

	"isitme/checks/evidence"
)

// maxProbes is how many computers are asked.
const maxProbes = 5

// request is the body of POST /measurements, the documented fields that are used.
type request struct {
	Type              string     `json:"type"`
	Target            string     `json:"target"`
	InProgressUpdates bool       `json:"inProgressUpdates"`
	Timeout           int        `json:"timeout"`
	Locations         []location `json:"locations"`
	Options           options    `json:"measurementOptions"`
}

// location is a place, and how many computers are wanted there at most.
type location struct {
	Continent string   `json:"continent,omitempty"`
	Country   string   `json:"country,omitempty"`
	Tags      []string `json:"tags,omitempty"`
	Limit     int      `json:"limit"`
}

// options say how the page is asked for.
type options struct {
	Protocol string  `json:"protocol"`
	Port     int     `json:"port"`
	Request  getRoot `json:"request"`
}

type getRoot struct {
	Method string `json:"method"`
	Path   string `json:"path"`
}

// homeLine is the service's tag for probes on lines that people have at home.
const homeLine = "eyeball-network"

func newRequest(target evidence.Target, country string) request {
	return request{
		Type: "http", Target: target.Host, Timeout: probePatience, Locations: locations(country),
		Options: options{
			Protocol: strings.ToUpper(target.Scheme), Port: target.Port,
			// GET, since a HEAD gets a 405 from sites that are fine.
			Request: getRoot{Method: "GET", Path: "/"},
		},
	}
}

// farApart are continents in an order that keeps the first few far from each other.
var farApart = []string{"EU", "NA", "AS", "OC", "SA"}

// locations spreads the probes: two home lines in the visitor's country where it is known, and the rest on other
// continents.
func locations(country string) []location {
	country = strings.ToUpper(country)
	home := continentOf(country)
	var all []location
	left := maxProbes
	if home != "" {
		all = append(all, location{Country: country, Tags: []string{homeLine}, Limit: 2})
		left -= 2
	}
	for _, c := range farApart {
		if c != home && left > 0 {
			all = append(all, location{Continent: c, Limit: 1})
			left--
		}
	}
	return all
}
