package assets

import _ "embed"

// StatusPages are the public status pages of platforms, by the name that the rules of Gateways give them; parsed by
// checks/contact.
//
//go:embed statuspages.json
var StatusPages []byte
