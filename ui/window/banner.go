package window

import "isitme/ui/look"

// announce puts a message over every page until it is answered: what a watch has found.
func (s *shell) announce(text, action string, do func(), dismiss string) {
	s.ask("", text, answer{action, look.Main, do}, answer{dismiss, look.Normal, nil})
}

// refreshWatch shows the news of a watch where they are shown.
func (u *ui) refreshWatch() {
	if u.listing {
		u.again()
	}
}
