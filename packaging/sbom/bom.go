package main

import (
	"debug/buildinfo"
	"strings"
)

// The part of CycloneDX 1.5 that is filled in.
type bom struct {
	Format     string      `json:"bomFormat"`
	Version    string      `json:"specVersion"`
	Revision   int         `json:"version"`
	Metadata   metadata    `json:"metadata"`
	Components []component `json:"components"`
}

type metadata struct {
	Component component `json:"component"`
}

type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref"`
	Name       string     `json:"name"`
	Version    string     `json:"version,omitempty"`
	PURL       string     `json:"purl,omitempty"`
	Licences   []licence  `json:"licenses,omitempty"`
	Properties []property `json:"properties,omitempty"`
}

type licence struct {
	Licence struct {
		ID string `json:"id"`
	} `json:"license"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// describe makes the list for a program. licenceOf gives the SPDX identifier of a module's licence by path@version, ""
// when it is not known. The Go toolchain, whose standard library is linked in, stands among the modules.
func describe(info *buildinfo.BuildInfo, licenceOf func(module string) string) bom {
	b := bom{Format: "CycloneDX", Version: "1.5", Revision: 1}
	b.Metadata.Component = component{Type: "application", Ref: "isitme", Name: "Is It Me?"}
	b.Metadata.Component.Licences = licences("BSD-3-Clause")
	for _, s := range info.Settings {
		if s.Key == "GOOS" || s.Key == "GOARCH" || s.Key == "CGO_ENABLED" || s.Key == "-tags" {
			b.Metadata.Component.Properties = append(b.Metadata.Component.Properties, property{"isitme:build:" + strings.TrimPrefix(s.Key, "-"), s.Value})
		}
	}
	library := func(path, version, licence string) component {
		purl := "pkg:golang/" + path + "@" + version
		return component{Type: "library", Ref: purl, Name: path, Version: version, PURL: purl, Licences: licences(licence)}
	}
	std := library("std", strings.TrimPrefix(info.GoVersion, "go"), "BSD-3-Clause")
	b.Components = append(b.Components, std)
	for _, module := range info.Deps {
		if module.Replace != nil {
			module = module.Replace
		}
		c := library(module.Path, module.Version, licenceOf(module.Path+"@"+module.Version))
		if module.Sum != "" {
			c.Properties = []property{{"go:sum", module.Sum}}
		}
		b.Components = append(b.Components, c)
	}
	return b
}

func licences(id string) []licence {
	if id == "" {
		return nil
	}
	var l licence
	l.Licence.ID = id
	return []licence{l}
}
