package words

import "golang.org/x/sys/windows"

// preferred lists the display languages of the user, best first.
func preferred() []string {
	languages, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil {
		return nil
	}
	return languages
}
