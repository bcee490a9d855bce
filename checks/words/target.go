package words

import (
	"errors"

	"isitme/checks/target"
)

// Target says why what was pasted cannot be checked: err is that of target.Parse. Any other error is shown as it is.
func (c *Catalog) Target(err error) string {
	var problem *target.Error
	if !errors.As(err, &problem) {
		return err.Error()
	}
	explained := ""
	if problem.Hint != "" {
		explained = c.Hint(problem.Hint)
	}
	return c.first(A{"Host": problem.Host, "Explained": explained}, "target."+string(problem.Code), "target.not_address")
}
