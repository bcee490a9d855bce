package standin

import "slices"

// Place is where one of the stand-in's computers stands.
type Place struct {
	Continent, Country, City, Network string
	ASN                               int
	Tags                              []string
}

// Places are the computers there are where a script names none.
func Places() []Place {
	home, centre := []string{"eyeball-network"}, []string{"datacenter-network"}
	return []Place{
		{"EU", "DE", "Frankfurt", "Example Hosting DE", 64513, centre},
		{"EU", "DE", "Berlin", "Example Home DE", 64517, home},
		{"EU", "DE", "Cologne", "Example Cable DE", 64518, home},
		{"EU", "FR", "Paris", "Example Maison FR", 64519, home},
		{"EU", "FR", "Lyon", "Example Fibre FR", 64520, home},
		{"NA", "US", "Ashburn", "Example Cloud US", 64514, []string{"datacenter-network", "aws-us-east-1"}},
		{"AS", "JP", "Tokyo", "Example Net JP", 64512, home},
		{"OC", "AU", "Sydney", "Example Broadband AU", 64515, home},
		{"SA", "BR", "São Paulo", "Example Banda Larga BR", 64516, home},
		{"AF", "ZA", "Johannesburg", "Example Telecom ZA", 64511, home},
	}
}

// shape is the place as the service describes it.
func (p Place) shape() map[string]any {
	return map[string]any{
		"continent": p.Continent, "region": "Region", "country": p.Country, "state": nil, "city": p.City, "asn": p.ASN, "network": p.Network,
		"latitude": 0.5, "longitude": 0.5, "tags": p.Tags, "resolvers": []string{"private"},
	}
}

// choose picks the computers for a measurement: for each location up to its limit, none of them twice. As with the
// service itself there may be fewer than were asked for.
func choose(from []Place, locations []Location) []Place {
	var chosen []Place
	free := slices.Clone(from)
	for _, l := range locations {
		for range l.limit() {
			i := slices.IndexFunc(free, l.covers)
			if i < 0 {
				break
			}
			chosen = append(chosen, free[i])
			free = slices.Delete(free, i, i+1)
		}
	}
	return chosen
}

// covers reports whether a place is one of those that a location names.
func (l Location) covers(p Place) bool {
	for _, tag := range l.Tags {
		if !slices.Contains(p.Tags, tag) {
			return false
		}
	}
	return (l.Continent == "" || l.Continent == p.Continent) && (l.Country == "" || l.Country == p.Country) &&
		(l.City == "" || l.City == p.City) && (l.Network == "" || l.Network == p.Network) && (l.ASN == 0 || l.ASN == p.ASN)
}
