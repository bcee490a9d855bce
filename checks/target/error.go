package target

// Code says why a pasted text is no address that can be checked.
type Code string

// The codes. The text for people hangs on them in the translations.
const (
	Empty       Code = "empty"
	NotAddress  Code = "not_address"
	MailAddress Code = "mail_address" // Host holds the part after the @
	OtherScheme Code = "other_scheme" // neither http nor https
	// NoAddressInErrorText: a browser's error text without an address; Hint holds what it said.
	NoAddressInErrorText Code = "no_address_in_error_text"
	BadPort              Code = "port"
	TooLong              Code = "too_long"
	BadHost              Code = "bad_host"
	Onion                Code = "onion" // a Tor address, which no ordinary connection reaches
)

// Error is why Parse found no address.
type Error struct {
	Code Code
	// Host is the site of a mail address.
	Host string
	// Hint is the browser's error code, as in evidence.Target.
	Hint string
}

// Error is one short line for the terminal.
func (e *Error) Error() string {
	switch e.Code {
	case Empty:
		return "no address given; try isitme check www.example.com"
	case MailAddress:
		return "this is an e-mail address; for the site try isitme check " + e.Host
	case OtherScheme:
		return "only addresses that start with http or https can be checked"
	case NoAddressInErrorText:
		return "the error " + e.Hint + " is understood, but there is no address beside it; add the address of the page"
	case BadPort:
		return "the number after the colon is no port; it must lie between 1 and 65535"
	case TooLong:
		return "this is too long for an address; paste the address alone"
	case BadHost:
		return "the name of the site cannot be read; look for two dots in a row, a % or other odd signs"
	case Onion:
		return "addresses that end in .onion open in the Tor browser only"
	default:
		return "this cannot be read as an address; it should look like www.example.com"
	}
}
