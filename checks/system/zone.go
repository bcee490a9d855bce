package system

import (
	"os"
	"strings"
)

// TimeZone is the name of this computer's time zone in the tz database, such as "Europe/Berlin": the one in the
// environment, else the one that /etc/localtime leads to (tzfile(5), on macOS too). It is empty where neither says one,
// as on Windows, whose zones have other names.
func TimeZone() string {
	if zone, set := os.LookupEnv("TZ"); set {
		return strings.TrimPrefix(zone, ":") // tzset(3)
	}
	leads, err := os.Readlink("/etc/localtime")
	if err != nil {
		return ""
	}
	_, zone, _ := strings.Cut(leads, "/zoneinfo/")
	return zone
}
