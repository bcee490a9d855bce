// Package evidence holds the facts of one run as types: what was asked, over which way, and what came back.
//
// It is a leaf. It imports nothing of ours, measures nothing and concludes nothing: probes and system readers fill
// these values, the verdict reads them, and the report writes them to disk. Every field is part of the public
// isitme.report/1 format, so a field is added, never renamed.
//
// Durations are milliseconds (fields ending in MS), times are RFC 3339. Addresses are textual, without port and
// without zone, IPv4 in dotted form.
package evidence
