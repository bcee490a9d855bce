package words

import (
	"strconv"

	"isitme/checks/verdict"
)

// Action is one numbered step of "What to do now".
type Action struct {
	Text string
	// Kind says which button fits the step: "watch", "phone", "elsewhere", "guide:<name>", "send", "again", "portal",
	// "keep_waiting", "open_browser", "owner", "provider"; empty where nothing can be pressed.
	Kind string
}

// step is one step of a cause: a shared text, or the cause's own one at that place when shared is empty.
type step struct{ shared, kind string }

// The shared steps, each one text under "todo.<name>".
var (
	wait     = step{"wait", ""}
	watch    = step{"watch", "watch"}
	paid     = step{"paid", ""}
	send     = step{"send", "send"}
	news     = step{"news", ""}
	secrets  = step{"secrets", ""}
	phone    = step{"phone", "phone"}
	keeper   = step{"keeper", ""}
	restart  = step{"restart", "guide:reconnect"}
	provider = step{"provider", "provider"}
	again    = step{"again", "again"}
	browser  = step{"browser", "open_browser"}
)

// own is a step with the cause's own text.
func own(kind string) step { return step{kind: kind} }

// todos are the steps of every cause, in order.
var todos = map[verdict.Cause][]step{
	verdict.Works:        {own("open_browser"), browser},
	verdict.Recovered:    {own("open_browser"), paid, own("send")},
	verdict.FixedByFlush: {own("open_browser"), own("")},
	verdict.Slow:         {own(""), own(""), send},

	verdict.BadGateway:             {wait, paid, send},
	verdict.GatewayTimeout:         {wait, paid, send},
	verdict.Overloaded:             {wait, paid, watch},
	verdict.Maintenance:            {watch, news, own("")},
	verdict.ServerError:            {wait, paid, send},
	verdict.NotAnswering:           {wait, own("keep_waiting"), send},
	verdict.RefusesConnections:     {wait, watch, send},
	verdict.Unreachable:            {wait, phone, send},
	verdict.ClosesConnection:       {wait, phone, send},
	verdict.BadResponse:            {wait, paid, send},
	verdict.CertificateExpired:     {secrets, send, own("")},
	verdict.CertificateWrongName:   {own(""), secrets, send},
	verdict.CertificateUntrusted:   {secrets, send},
	verdict.CertificateNotYetValid: {secrets, own(""), send},
	verdict.SecureConnectionFailed: {secrets, wait, send},
	verdict.RedirectLoop:           {own(""), send},
	verdict.BrokenRedirect:         {own("open_browser"), send},
	verdict.DNSBroken:              {wait, news, send},
	verdict.DNSSECBroken:           {own(""), watch, send},
	verdict.DNSNoAddress:           {own(""), send},
	verdict.DNSPointsNowhere:       {watch, send},

	verdict.Offline:           {own("guide:reconnect"), own(""), again},
	verdict.NoInternet:        {restart, again, provider},
	verdict.CaptivePortal:     {own("portal"), own(""), again},
	verdict.DNSNotAnswering:   {restart, own("guide:name-service"), again},
	verdict.DNSWrongAnswer:    {own(""), own("guide:name-service"), own("again")},
	verdict.DNSBlocksSite:     {own(""), own("guide:name-service"), again},
	verdict.HostsFile:         {own(""), own("guide:own-list"), again},
	verdict.ProxyUnreachable:  {own(""), own("guide:proxy"), again},
	verdict.ProxyRefuses:      {keeper, own("guide:proxy"), again},
	verdict.ProxyError:        {own("guide:proxy"), again, own("provider")},
	verdict.VPNDown:           {own("guide:vpn"), own(""), again},
	verdict.VPNBreaksSite:     {own(""), own("guide:vpn"), again},
	verdict.ClockWrong:        {own("guide:clock"), again},
	verdict.TLSIntercepted:    {own(""), own("provider"), own("guide:web-scan")},
	verdict.NetworkBlocksSite: {keeper, phone, provider},
	verdict.IPv6Broken:        {restart, own("guide:ipv6"), provider},
	verdict.IPv6Missing:       {phone, own("provider"), own("owner")},
	verdict.HTTPSBlocked:      {keeper, own("guide:reconnect"), phone},
	verdict.LargePacketsLost:  {restart, own("guide:vpn"), provider},
	verdict.SlowConnection:    {own(""), own("guide:reconnect"), provider},

	verdict.Forbidden:       {own("open_browser"), own(""), own("owner")},
	verdict.RateLimited:     {own(""), own(""), own("phone")},
	verdict.RegionBlocked:   {own("guide:vpn"), own("owner")},
	verdict.RobotCheck:      {own("open_browser"), own(""), own("guide:vpn")},
	verdict.RequestRejected: {own("open_browser"), own(""), send},
	verdict.SiteFirewall:    {own("open_browser"), own("guide:vpn"), own("send")},

	verdict.NoSuchSite:  {own(""), own(""), own("")},
	verdict.PageMissing: {own(""), own("open_browser"), own("owner")},

	verdict.NotEnoughEvidence: {own("elsewhere"), own("phone"), own("")},
	verdict.Stopped:           {own("again"), own("")},
}

// insideOnly are the steps where only somebody inside the visitor's own network can help.
var insideOnly = []step{keeper, again}

// Todo lists the numbered next steps of an answer.
func (c *Catalog) Todo(v verdict.Verdict) []Action {
	args := c.facts(v.Facts)
	var all []Action
	steps := todos[v.Cause]
	if v.Why == "private_name" {
		steps = insideOnly
	}
	for i, s := range steps {
		key := "todo." + s.shared
		if s.shared == "" {
			key = "cause." + string(v.Cause) + ".todo." + strconv.Itoa(i+1)
		}
		all = append(all, Action{Text: c.T(key, args), Kind: s.kind})
	}
	return all
}
