package words

import "isitme/checks/evidence"

// Vote says what one computer elsewhere saw of the site, in a few words without a full stop.
func (c *Catalog) Vote(v evidence.ElseView) string {
	switch {
	case v.RefusesRobots:
		return c.T("elsewhere.refuses_robots")
	case v.Up:
		return c.T("elsewhere.opens")
	case v.Down:
		return c.T("elsewhere.fails")
	default:
		return c.T("elsewhere.no_vote")
	}
}
