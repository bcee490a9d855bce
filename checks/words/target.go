package words

// Target says why what was pasted cannot be checked: code is a target.Code, host the site of a mail address, hint the
// browser's problem code that was found.
func (c *Catalog) Target(code, host, hint string) string {
	explained := ""
	if hint != "" {
		explained = c.Hint(hint)
	}
	return c.first(A{"Host": host, "Explained": explained}, "target."+code, "target.not_address")
}
