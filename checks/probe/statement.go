package probe

import (
	"encoding/json"
	"mime"
	"net/http"

	"isitme/checks/evidence"
)

// statementOf reads a CDN's own account of an error: RFC 9457 problem details with Cloudflare's extension members. It
// is nil unless the reply is JSON that calls itself Cloudflare's and came with Cloudflare's header, since a site's own
// interface may send problem details of its own.
func statementOf(header http.Header, body []byte) *evidence.Statement {
	kind, _, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil || kind != "application/problem+json" && kind != "application/json" || header.Get("Cf-Ray") == "" {
		return nil
	}
	var told struct {
		CloudflareError     bool   `json:"cloudflare_error"`
		Title               string `json:"title"`
		Code                int    `json:"error_code"`
		Name                string `json:"error_name"`
		Category            string `json:"error_category"`
		OwnerActionRequired bool   `json:"owner_action_required"`
		Retryable           bool   `json:"retryable"`
		RetryAfter          int    `json:"retry_after"`
	}
	if json.Unmarshal(body, &told) != nil || !told.CloudflareError {
		return nil
	}
	return &evidence.Statement{
		By:                  "Cloudflare",
		Code:                told.Code,
		Name:                clean(told.Name, maxTitle),
		Category:            clean(told.Category, maxTitle),
		Title:               clean(told.Title, maxTitle),
		OwnerActionRequired: told.OwnerActionRequired,
		Retryable:           told.Retryable,
		RetryAfterS:         max(told.RetryAfter, 0),
	}
}
