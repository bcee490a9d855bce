package signature

import (
	"encoding/json"
	"fmt"
	"regexp"
	"sync"

	"isitme/assets"
)

type interceptor struct {
	name    string
	issuers []*regexp.Regexp
}

// interceptors parses the embedded list once.
var interceptors = sync.OnceValue(func() []interceptor {
	var list []struct {
		Name    string   `json:"name"`
		Issuers []string `json:"issuers"`
	}
	if err := json.Unmarshal(assets.Interceptors, &list); err != nil {
		panic(fmt.Sprintf("assets/interceptors.json: %v", err))
	}
	all := make([]interceptor, len(list))
	for i, l := range list {
		all[i].name = l.Name
		for _, expr := range l.Issuers {
			all[i].issuers = append(all[i].issuers, regexp.MustCompile(expr))
		}
	}
	return all
})

// Interceptor names the security product, company proxy or debugging proxy that signs certificates under this issuer
// name (common name and organisation, in any order). It reports false for every other issuer, among them the public
// authorities of companies that also make such products.
func Interceptor(issuer string) (name string, ok bool) {
	text := foldText(issuer)
	for _, i := range interceptors() {
		for _, re := range i.issuers {
			if re.MatchString(text) {
				return i.name, true
			}
		}
	}
	return "", false
}
