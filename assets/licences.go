package assets

import _ "embed"

// Licences is the text of the licences of everything the program is built from, made by packaging/licences.
//
//go:embed licences.txt
var Licences string
