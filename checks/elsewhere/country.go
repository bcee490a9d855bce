package elsewhere

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// continents lists the ISO 3166-1 countries of each continent, by the two-letter codes that the service uses.
var continents = map[string][]string{
	"AF": strings.Fields("AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW"),
	"AS": strings.Fields("AE AF AM AZ BD BH BN BT CC CN CX CY GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE"),
	"EU": strings.Fields("AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK"),
	"NA": strings.Fields("AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX TC TT US VC VG VI"),
	"OC": strings.Fields("AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS"),
	"SA": strings.Fields("AR BO BR CL CO EC FK GF GY PE PY SR UY VE"),
}

// continentOf is the continent of a country, empty when there is no such country.
func continentOf(country string) string {
	for continent, countries := range continents {
		if slices.Contains(countries, country) {
			return continent
		}
	}
	return ""
}

// zoneContinents are the continents that an area of the tz database can stand for.
var zoneContinents = map[string][]string{
	"Africa": {"AF"}, "America": {"NA", "SA"}, "Asia": {"AS", "EU"}, "Atlantic": {"EU", "AF", "NA", "SA"},
	"Australia": {"OC"}, "Europe": {"EU", "AS"}, "Indian": {"AS", "AF", "OC"}, "Pacific": {"OC", "NA", "SA"},
}

// Country guesses the visitor's country from what this computer is set to, without asking anybody: the region of the
// locale ("de_DE.UTF-8" or "de-DE"), unless the time zone ("Europe/Berlin", may be empty) lies on another continent, as
// with the many computers that are set to en_US far from there. It returns an ISO 3166-1 alpha-2 code or "".
func Country(locale, zone string) string {
	locale, _, _ = strings.Cut(locale, ".")
	tag, err := language.Parse(strings.ReplaceAll(locale, "_", "-"))
	if err != nil {
		return ""
	}
	region, confidence := tag.Region()
	country := region.String()
	continent := continentOf(country)
	if confidence != language.Exact || continent == "" {
		return ""
	}
	area, _, _ := strings.Cut(zone, "/")
	if possible, known := zoneContinents[area]; known && !slices.Contains(possible, continent) {
		return ""
	}
	return country
}
