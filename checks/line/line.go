// Package line turns an answer, or a run that is going on, into the picture's one idea: the stations between the visitor
// and the page, joined up, with the break drawn where it is. It is pure and knows codes only; how a station looks is
// ui/look's business and what it is called is checks/words'.
package line

// Place is one station's kind. Text hangs on it in the word list under "line.place.<place>".
type Place string

// The places, from the visitor outwards.
const (
	Computer   Place = "computer"
	Connection Place = "connection"
	Lookup     Place = "lookup"
	Listing    Place = "listing" // the name lookup, when what is broken is the site's own entry in it
	Proxy      Place = "proxy"
	VPN        Place = "vpn"
	Security   Place = "security" // a program that opens secure connections
	Way        Place = "way"      // whatever lies between the connection and the site
	Door       Place = "door"     // a gateway or CDN in front of the site
	Server     Place = "server"   // the site's own server behind the door
	Site       Place = "site"
	Page       Place = "page"
)

// State is how a station is drawn.
type State string

// The states.
const (
	Works   State = "works"
	Broken  State = "broken"
	Seen    State = "seen" // a problem was seen while the run goes on: never blamed before there is an answer
	Unknown State = "unknown"
	Asking  State = "asking"
	NotYet  State = "not_yet"
)

// Join is what is drawn between two stations.
type Join string

// The joins.
const (
	Solid Join = "solid" // we saw this work
	Cut   Join = "cut"   // it breaks here
	Dots  Join = "dots"  // not known, or not yet
)

// Word is the code of the word under a station. Text hangs on it in the word list under "line.word.<word>".
type Word string

// The words. None is the empty string: a station that says nothing.
const (
	None           Word = ""
	Fine           Word = "fine"
	Answers        Word = "answers"
	IsUp           Word = "is_up"
	Slow           Word = "slow"
	Offline        Word = "offline"
	WrongDate      Word = "wrong_date"
	OwnList        Word = "own_list"
	NothingOut     Word = "nothing_out"
	SignIn         Word = "sign_in"
	IPv6Dead       Word = "ipv6_dead"
	NoIPv6         Word = "no_ipv6"
	LosesData      Word = "loses_data"
	Silent         Word = "silent"
	BlocksIt       Word = "blocks_it"
	WrongPlace     Word = "wrong_place"
	NotListed      Word = "not_listed"
	EntryEmpty     Word = "empty"
	EntryNowhere   Word = "nowhere"
	InTheWay       Word = "in_the_way"
	SaysNo         Word = "says_no"
	NoReply        Word = "no_reply"
	TooLate        Word = "too_late"
	IsBroken       Word = "broken"
	Full           Word = "full"
	Resting        Word = "resting"
	Closed         Word = "closed"
	HangsUp        Word = "hangs_up"
	BadCertificate Word = "bad_certificate"
	AnsweredCode   Word = "answered" // with Station.Code
	NotThere       Word = "not_there"
	AskingNow      Word = "asking"
	Problem        Word = "problem"
	CannotTell     Word = "cant_tell"
)

// Words lists every word once, so that the word list can be checked against it.
func Words() []Word {
	return []Word{
		Fine, Answers, IsUp, Slow, Offline, WrongDate, OwnList, NothingOut, SignIn, IPv6Dead, NoIPv6, LosesData, Silent,
		BlocksIt, WrongPlace, NotListed, EntryEmpty, EntryNowhere, InTheWay, SaysNo, NoReply, TooLate, IsBroken, Full,
		Resting, Closed, HangsUp, BadCertificate, AnsweredCode, NotThere, AskingNow, Problem, CannotTell,
	}
}

// Places lists every place once, for the same reason.
func Places() []Place {
	return []Place{Computer, Connection, Lookup, Listing, Proxy, VPN, Security, Way, Door, Server, Site, Page}
}

// Station is one stop on the way.
type Station struct {
	Place Place `json:"place"`
	State State `json:"state"`
	Word  Word  `json:"word,omitempty"`
	// Name is what the system or the reply calls this station ("Cloudflare", "proxy.example:3128"), empty when unknown.
	Name string `json:"name,omitempty"`
	// Code is the HTTP status for the word "answered", 0 otherwise.
	Code int `json:"code,omitempty"`
}

// Line is the whole way. Joins[i] lies between Stations[i] and Stations[i+1].
type Line struct {
	Stations []Station `json:"stations"`
	Joins    []Join    `json:"joins"`
}

// Start is the line of the start screen: four stations that nothing is known about yet.
func Start() Line { return Live(nil, 0) }

// Broken is the index of the broken station, -1 without one.
func (l Line) Broken() int {
	for i, s := range l.Stations {
		if s.State == Broken {
			return i
		}
	}
	return -1
}
