// Command draw writes a report of every kind of answer, in every format and language, into a folder, to be looked at.
//
//	go run ./checks/report/reporttest/draw FOLDER
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
		fmt.Fprintln(os.Stderr, "usage: draw FOLDER")
		os.Exit(2)
	}
	if err := draw(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func draw(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, r := range reporttest.Samples() {
		for _, lang := range words.Languages() {
			for ending := range render.Formats() {
				path := filepath.Join(dir, "report-"+name+"-"+lang.Code+ending)
				if err := render.Save(path, r.Redact(false), words.For(lang.Code), render.Formats()); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
