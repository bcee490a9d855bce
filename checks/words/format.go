package words

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Time is the time of day in hours and minutes, in t's own zone.
func (c *Catalog) Time(t time.Time) string { return t.Format("15:04") }

// Date is the calendar day of t in its own zone.
func (c *Catalog) Date(t time.Time) string {
	month := c.names("format.months")[int(t.Month())-1]
	return c.T("format.date", A{"Day": t.Day(), "Month": month, "Year": t.Year()})
}

// When is the moment of a report: local time with its distance from UTC, and UTC.
func (c *Catalog) When(t time.Time) string {
	utc := t.UTC().Format("15:04:05")
	if t.UTC().YearDay() != t.YearDay() {
		utc = c.T("format.date_time", A{"Date": c.Date(t.UTC()), "Time": utc})
	}
	args := A{
		"Weekday": c.names("format.weekdays")[int(t.Weekday())], "Date": c.Date(t),
		"Local": t.Format("15:04:05"), "Zone": zone(t), "UTC": utc,
	}
	if _, offset := t.Zone(); offset == 0 {
		return c.T("format.when_utc", args)
	}
	return c.T("format.when", args)
}

// zone is the distance of t's zone from UTC, "UTC+1" or "UTC+5:30".
func zone(t time.Time) string {
	_, offset := t.Zone()
	sign := "+"
	if offset < 0 {
		sign, offset = "−", -offset
	}
	hours, minutes := offset/3600, offset%3600/60
	if minutes == 0 {
		return fmt.Sprintf("UTC%s%d", sign, hours)
	}
	return fmt.Sprintf("UTC%s%d:%02d", sign, hours, minutes)
}

// Ago is the moment t as a list of reports shows it at the time now: today, yesterday, the weekday within a week, else
// the date.
func (c *Catalog) Ago(t, now time.Time) string {
	days := DaysAgo(t, now)
	t = t.In(now.Location())
	args := A{"Time": c.Time(t), "Date": c.Date(t), "Weekday": c.names("format.weekdays_long")[int(t.Weekday())]}
	switch {
	case days == 0:
		return c.T("format.today", args)
	case days == 1:
		return c.T("format.yesterday", args)
	case days > 1 && days < 7:
		return c.T("format.on_weekday", args)
	}
	return c.T("format.date_time", args)
}

// DaysAgo counts the midnights from t to now, in the zone of now. Noon keeps days of 23 and 25 hours out of it.
func DaysAgo(t, now time.Time) int {
	noon := func(t time.Time) time.Time {
		year, month, day := t.In(now.Location()).Date()
		return time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
	}
	return int(noon(now).Sub(noon(t)).Hours() / 24)
}

// Seconds is a length of time in seconds without the unit, with one decimal under ten, and never zero: everything took some
// time.
func (c *Catalog) Seconds(s float64) string {
	rounded := max(math.Round(s*10)/10, 0.1)
	if rounded >= 10 {
		return strconv.FormatFloat(math.Round(s), 'f', 0, 64)
	}
	return strings.Replace(strconv.FormatFloat(rounded, 'f', 1, 64), ".", c.T("format.decimal"), 1)
}

// Duration is a length of time in words, rounded to the unit a person would choose: "3 hours", "2 days". The sign is
// left out. In languages with cases it is the accusative, as after "off by" or "in about".
func (c *Catalog) Duration(seconds float64) string {
	const (
		minute = 60
		hour   = 60 * minute
		day    = 24 * hour
		month  = 30.44 * day // the mean of the Gregorian calendar
		year   = 365.25 * day
	)
	s := math.Abs(seconds)
	count := func(unit float64) int { return int(math.Round(s / unit)) }
	switch {
	case s < 1.5*minute:
		return c.N("format.seconds", count(1))
	case s < 1.5*hour:
		return c.N("format.minutes", count(minute))
	case s < 1.5*day:
		return c.N("format.hours", count(hour))
	case s < 2*month:
		return c.N("format.days", count(day))
	case s < 1.5*year:
		return c.N("format.months_long", count(month))
	}
	return c.N("format.years", count(year))
}

// List joins items as in "a, b and c".
func (c *Catalog) List(items []string) string { return c.join("format.and", items) }

// Either joins items as in "a, b or c".
func (c *Catalog) Either(items []string) string { return c.join("format.or", items) }

func (c *Catalog) join(key string, items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return c.T(key, A{"First": strings.Join(items[:last], ", "), "Last": items[last]})
}

// dateOf is the day of an RFC 3339 time, the text itself where it is none.
func (c *Catalog) dateOf(text string) string {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	return c.Date(t)
}

// names splits a list of names that stands in one text.
func (c *Catalog) names(key string) []string { return strings.Split(c.T(key), ",") }
