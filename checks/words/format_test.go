package words

import (
	"testing"
	"time"
)

func TestFormats(t *testing.T) {
	at := time.Date(2026, 11, 22, 14, 32, 8, 0, time.FixedZone("", 3600))
	now := at.Add(3 * time.Hour)
	en, de := For("en"), For("de")
	for _, x := range []struct{ got, want string }{
		{en.Time(at), "14:32"},
		{en.Date(at), "22 Nov 2026"},
		{de.Date(at), "22. Nov. 2026"},
		{en.When(at), "Sun 22 Nov 2026, 14:32:08 (UTC+1), which is 13:32:08 UTC"},
		{en.When(at.UTC()), "Sun 22 Nov 2026, 13:32:08 UTC"},
		{en.When(at.In(time.FixedZone("", -14*3600))), "Sat 21 Nov 2026, 23:32:08 (UTC−14), which is 22 Nov 2026, 13:32:08 UTC"},
		{en.When(at.In(time.FixedZone("", 19800))), "Sun 22 Nov 2026, 19:02:08 (UTC+5:30), which is 13:32:08 UTC"},
		{en.Ago(at, now), "today, 14:32"},
		{en.Ago(at.Add(-15*time.Hour), now), "yesterday, 23:32"},
		{en.Ago(at.Add(-49*time.Hour), now), "Friday, 13:32"},
		{de.Ago(at.AddDate(0, 0, -7), now), "15. Nov. 2026, 14:32"},
		{en.Seconds(4.24), "4.2"},
		{de.Seconds(4.24), "4,2"},
		{en.Seconds(9.96), "10"},
		{en.Seconds(28.6), "29"},
		{en.Duration(1), "1 second"},
		{en.Duration(600), "10 minutes"},
		{en.Duration(-10800), "3 hours"},
		{en.Duration(172800), "2 days"},
		{en.Duration(90 * 86400), "3 months"},
		{de.Duration(3 * 365.25 * 86400), "3 Jahre"},
		{en.List(nil), ""},
		{en.List([]string{"a"}), "a"},
		{en.List([]string{"a", "b", "c"}), "a, b and c"},
		{de.Either([]string{"a", "b"}), "a oder b"},
	} {
		if x.got != x.want {
			t.Errorf("%q, want %q", x.got, x.want)
		}
	}
}

func TestNameListsAreWhole(t *testing.T) {
	each(t, func(t *testing.T, c *Catalog) {
		for key, n := range map[string]int{"format.months": 12, "format.weekdays": 7, "format.weekdays_long": 7} {
			if got := len(c.names(key)); got != n {
				t.Errorf("%s has %d names, want %d", key, got, n)
			}
		}
		if len(c.OnlyYou()) != 11 || len(c.ClearSiteData()) != 4 {
			t.Error("the things only the visitor can try are not whole")
		}
	})
}
