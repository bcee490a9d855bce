package terminal

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"isitme/checks/checklist"
	"isitme/checks/words"
)

// arguments are the flags and the address of check and demo.
type arguments struct {
	url            string
	json           bool
	save           []string
	elsewhere      bool
	networkDetails bool
	help           bool
	options        checklist.Options
	catalog        *words.Catalog
}

// formats are the endings that --save knows.
var formats = []string{".json", ".txt", ".md", ".html", ".pdf", ".png"}

// parse reads flags before, after and around the one address. A lone "--" ends the flags. The error is a sentence for
// the user, in the language asked for so far.
func parse(args []string) (arguments, error) {
	a := arguments{catalog: words.For(words.Detect())}
	switches := map[string]*bool{
		"--json": &a.json, "--wait": &a.options.Wait, "--beside-vpn": &a.options.BesideVPN, "--elsewhere": &a.elsewhere,
		"--ask-public": &a.options.AskPublic, "--no-compare": &a.options.NoCompare, "--no-resolvers": &a.options.NoResolvers,
		"--no-flush": &a.options.NoFlush, "--network-details": &a.networkDetails, "--help": &a.help, "-h": &a.help,
	}
	flags := true
	for i := 0; i < len(args); i++ {
		arg := args[i]
		name, value, joined := strings.Cut(arg, "=")
		switch {
		case flags && arg == "--":
			flags = false
		case flags && (name == "--save" || name == "--lang"):
			if !joined {
				if i++; i >= len(args) {
					return a, errors.New(a.catalog.T("cli.flag_needs_value", words.A{"Flag": name}))
				}
				value = args[i]
			}
			if err := a.set(name, value); err != nil {
				return a, err
			}
		case flags && switches[arg] != nil:
			*switches[arg] = true
		case flags && len(arg) > 1 && arg[0] == '-':
			return a, errors.New(a.catalog.T("cli.unknown_flag", words.A{"Flag": arg}))
		case a.url != "":
			return a, errors.New(a.catalog.T("cli.two_urls"))
		default:
			a.url = arg
		}
	}
	return a, nil
}

// set takes the value of a flag that has one.
func (a *arguments) set(name, value string) error {
	if name == "--save" {
		if !slices.Contains(formats, strings.ToLower(filepath.Ext(value))) {
			return errors.New(a.catalog.T("cli.unknown_format"))
		}
		a.save = append(a.save, value)
		return nil
	}
	var names []string
	for _, l := range words.Languages() {
		names = append(names, l.Code)
	}
	if !slices.Contains(names, strings.ToLower(value)) {
		return errors.New(a.catalog.T("cli.unknown_language", words.A{"Name": value, "Names": strings.Join(names, ", ")}))
	}
	a.catalog = words.For(value)
	return nil
}
