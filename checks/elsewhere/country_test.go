package elsewhere

import "testing"

func TestCountry(t *testing.T) {
	for _, tc := range []struct{ locale, zone, want string }{
		{"de_DE.UTF-8", "Europe/Berlin", "DE"},
		{"de-AT", "Europe/Vienna", "AT"},
		{"de-DE", "", "DE"},
		{"en_US.UTF-8", "America/New_York", "US"},
		{"en_US.UTF-8", "Europe/Berlin", ""},
		{"en_US.UTF-8", "Pacific/Honolulu", "US"},
		{"en_US", "UTC", "US"},
		{"pt_BR", "America/Sao_Paulo", "BR"},
		{"zh-Hant-TW", "Asia/Taipei", "TW"},
		{"tr_TR", "Europe/Istanbul", "TR"},
		{"de", "Europe/Berlin", ""},
		{"C", "", ""},
		{"C.UTF-8", "Europe/Berlin", ""},
		{"POSIX", "", ""},
		{"", "Europe/Berlin", ""},
		{"es_419", "America/Lima", ""},
		{"en_ZZ", "", ""},
	} {
		if got := Country(tc.locale, tc.zone); got != tc.want {
			t.Errorf("Country(%q, %q) = %q, want %q", tc.locale, tc.zone, got, tc.want)
		}
	}
}

func TestLocations(t *testing.T) {
	for country, want := range map[string]int{"": 5, "DE": 4, "US": 4, "us": 4, "XX": 5, "ZA": 4} {
		places := locations(country)
		probes := 0
		for _, l := range places {
			probes += l.Limit
			if l.Continent != "" && l.Continent == continentOf(places[0].Country) {
				t.Errorf("%s: asked again on its own continent", country)
			}
		}
		if len(places) != want || probes != maxProbes {
			t.Errorf("%q: %d places with %d probes: %+v", country, len(places), probes, places)
		}
	}
}
