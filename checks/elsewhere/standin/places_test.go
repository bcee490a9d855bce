package standin

import (
	"slices"
	"testing"
)

func TestChoose(t *testing.T) {
	limit := func(n int) *int { return &n }
	home := []string{"eyeball-network"}
	for name, tc := range map[string]struct {
		locations []Location
		want      []string
	}{
		"home lines first":        {[]Location{{Country: "DE", Tags: home, Limit: limit(2)}, {Continent: "NA"}}, []string{"Berlin", "Cologne", "Ashburn"}},
		"fewer than asked for":    {[]Location{{Country: "JP", Tags: home, Limit: limit(2)}}, []string{"Tokyo"}},
		"none twice":              {[]Location{{Country: "JP"}, {Continent: "AS"}}, []string{"Tokyo"}},
		"no home line there":      {[]Location{{Country: "US", Tags: home, Limit: limit(2)}, {Continent: "EU"}}, []string{"Frankfurt"}},
		"nobody in that country":  {[]Location{{Country: "IS"}}, nil},
		"a limit for one of many": {[]Location{{Continent: "EU", Limit: limit(1)}}, []string{"Frankfurt"}},
	} {
		var got []string
		for _, p := range choose(Places(), tc.locations) {
			got = append(got, p.City)
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s: %v, want %v", name, got, tc.want)
		}
	}
}
