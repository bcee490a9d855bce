// Package assets embeds the program's data: rules, lists, texts and pictures. It holds no logic; each consumer parses
// what it needs. Whatever a person could want to add without touching code (a gateway, a language, a well-known site)
// stands here.
package assets

import "embed"

// Gateways are the rules that recognise who wrote a reply, parsed by checks/signature.
//
//go:embed gateways.json
var Gateways []byte

// Interceptors are the issuers of programs that rewrite secure connections, parsed by checks/signature.
//
//go:embed interceptors.json
var Interceptors []byte

// WellKnown are the sign-in-page detectors ("portals") and the well-known sites ("sites"), in the JSON shapes of
// environment.Portal and environment.Site.
//
//go:embed wellknown.json
var WellKnown []byte

// Resolvers are the public name services, a list in the JSON shape of environment.Resolver.
//
//go:embed resolvers.json
var Resolvers []byte

// Translations holds translations/<language>.json, one flat object of texts each, parsed by checks/words.
//
//go:embed translations/*.json
var Translations embed.FS

// Icons holds icons/*.svg, each one path with one fill, and the mark as a bitmap, icons/mark-1024.png.
//
//go:embed icons/*.svg icons/mark-1024.png
var Icons embed.FS
