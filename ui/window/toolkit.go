package window

import (
	"encoding/json"

	"fyne.io/fyne/v2/lang"

	"isitme/checks/words"
)

// toolkitWords are the words of the toolkit's own menu over a field, by the English ones that it looks them up by.
var toolkitWords = map[string]string{
	"Cut": "edit.cut", "Copy": "edit.copy", "Paste": "edit.paste", "Select all": "edit.select_all",
	"Undo": "edit.undo", "Redo": "edit.redo",
}

// teachToolkit gives the toolkit its words in the language of the window. It only ever speaks the system's, so they pass
// for that one's.
func teachToolkit(c *words.Catalog) {
	said := map[string]string{}
	for english, key := range toolkitWords {
		said[english] = c.T(key)
	}
	data, err := json.Marshal(said)
	if err == nil {
		err = lang.AddTranslationsForLocale(data, lang.SystemLocale())
	}
	if err != nil {
		logError("the toolkit's words", err) // they stay the system's
	}
}
