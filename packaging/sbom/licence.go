package main

import (
	"os"
	"path/filepath"
	"strings"
)

// licenceIn names the licence of the module in a folder by its SPDX identifier, "" when there is none or it is another
// than the few that the modules here have.
func licenceIn(folder string) string {
	if folder == "" {
		return ""
	}
	for _, pattern := range []string{"LICENSE*", "LICENCE*", "COPYING*"} {
		files, _ := filepath.Glob(filepath.Join(folder, pattern)) // the pattern is well formed
		for _, file := range files {
			if text, err := os.ReadFile(file); err == nil {
				if id := licenceOf(string(text)); id != "" {
					return id
				}
			}
		}
	}
	return ""
}

// licenceOf recognises a licence by sentences that only it has.
func licenceOf(text string) string {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	has := func(part string) bool { return strings.Contains(text, part) }
	switch {
	case has("apache license") && has("version 2.0"):
		return "Apache-2.0"
	case has("mozilla public license"):
		return "MPL-2.0"
	case has("permission is hereby granted, free of charge"):
		return "MIT"
	case has("permission to use, copy, modify, and/or distribute"), has("permission to use, copy, modify, and distribute"):
		return "ISC"
	case has("redistribution and use in source and binary forms") && (has("neither the name") || has("names of its contributors") || has("may not be used to endorse")):
		return "BSD-3-Clause"
	case has("redistribution and use in source and binary forms"):
		return "BSD-2-Clause"
	}
	return ""
}
