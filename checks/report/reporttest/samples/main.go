// Command samples writes a report of every kind of answer into a folder, as JSON, for the program itself to open and draw:
// the six answers, one of two runs, and one all of whose texts a stranger wrote to do harm.
//
//	go run ./checks/report/reporttest/samples FOLDER
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"isitme/checks/report/render"
	"isitme/checks/report/reporttest"
	"isitme/checks/words"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: samples FOLDER")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	all := reporttest.Samples()
	all["hostile"], all["two-networks"] = reporttest.HostileReport(), reporttest.OtherNetwork()
	for name, r := range all {
		path := filepath.Join(dir, name+".json")
		if err := render.Save(path, r.Redact(false), words.For("en"), render.Formats()); err != nil {
			return err
		}
	}
	return nil
}
