package main

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestProgram lists the terminal program, built as it is shipped.
func TestProgram(t *testing.T) {
	program := filepath.Join(t.TempDir(), "isitme")
	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-buildvcs=false", "-tags", "no_emoji", "-ldflags", "-s -w", "-o", program, "isitme")
	build.Env = append(build.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var out bytes.Buffer
	if err := run([]string{program}, &out); err != nil {
		t.Fatal(err)
	}
	var b bom
	if err := json.Unmarshal(out.Bytes(), &b); err != nil {
		t.Fatal(err)
	}
	if b.Format != "CycloneDX" || b.Version != "1.5" || b.Metadata.Component.Name == "" {
		t.Errorf("%+v", b)
	}
	for _, want := range []string{"std", "github.com/miekg/dns", "golang.org/x/sys"} {
		at := slices.IndexFunc(b.Components, func(c component) bool { return c.Name == want })
		if at < 0 {
			t.Errorf("%s is missing", want)
			continue
		}
		if c := b.Components[at]; c.Version == "" || !strings.HasPrefix(c.PURL, "pkg:golang/"+want+"@") {
			t.Errorf("%+v", c)
		}
	}
	refs := map[string]bool{}
	for _, c := range b.Components {
		if refs[c.Ref] {
			t.Errorf("%s stands there twice", c.Ref)
		}
		refs[c.Ref] = true
		if len(c.Licences) != 1 {
			t.Errorf("%s: the licence is not known", c.Name)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{nil, {"main.go"}, {"no such file"}} {
		if run(args, new(bytes.Buffer)) == nil {
			t.Errorf("%q was taken", args)
		}
	}
}

func TestLicence(t *testing.T) {
	for text, want := range map[string]string{
		"Apache License\n  Version 2.0, January 2004":                                      "Apache-2.0",
		"Permission is hereby granted,\nfree of charge, to any person":                     "MIT",
		"Redistribution and use in source and binary forms … Neither the name of":          "BSD-3-Clause",
		"Redistribution and use in source and binary forms, with or without":               "BSD-2-Clause",
		"Permission to use, copy, modify, and/or distribute this software for any purpose": "ISC",
		"Mozilla Public License Version 2.0":                                               "MPL-2.0",
		"All rights reserved.":                                                             "",
	} {
		if got := licenceOf(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
