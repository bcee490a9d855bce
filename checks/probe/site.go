package probe

import (
	"context"
	"math"
	"net/http"
	"strconv"
	"time"

	"isitme/checks/environment"
	"isitme/checks/evidence"
)

// Site visits one well-known site over HTTPS without following redirects: any whole reply is a fine one. Of via, the
// way is used, as in Portal.
func (p *Prober) Site(ctx context.Context, site environment.Site, via Request) evidence.SiteCheck {
	check := evidence.SiteCheck{
		Operator: site.Operator, Host: hostOf(site.URL), ByAddress: via.Lookup != nil,
		Fetch: p.Fetch(ctx, alongside(site.URL, via)),
	}
	check.ClockOffsetS = ClockOffset(check.Fetch.Last())
	return check
}

// ClockOffset is how many seconds the server's clock is ahead of this computer's, by a hop's Date header (RFC 9110,
// 6.6.1), which is good to about a second; nil without one. The reply was made half a round trip before it arrived,
// or Age seconds earlier by a cache (RFC 9111, 5.1), and Date leaves the fraction of the second away.
func ClockOffset(hop *evidence.Hop) *float64 {
	if hop == nil || hop.Response == nil {
		return nil
	}
	date, err := http.ParseTime(hop.Response.Header["date"])
	if err != nil {
		return nil
	}
	age, err := strconv.ParseUint(hop.Response.Header["age"], 10, 31)
	if err != nil {
		age = 0
	}
	const fraction = 500 * time.Millisecond
	there := date.Add(time.Duration(age)*time.Second + fraction)
	sinceStart := hop.Timings.TotalMS - hop.Timings.BodyMS - hop.Timings.FirstByteMS/2
	here := hop.Started.Add(time.Duration(sinceStart * float64(time.Millisecond)))
	offset := math.Round(there.Sub(here).Seconds()*100) / 100
	return &offset
}
