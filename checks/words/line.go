package words

// Station is the name of a station of the line; place is a line.Place.
func (c *Catalog) Station(place string) string { return c.T("line.place." + place) }

// StationPicture is the name of a station on the picture, which speaks of the visitor.
func (c *Catalog) StationPicture(place string) string {
	return c.first(nil, "line.picture."+place, "line.place."+place)
}

// StationWord is the word under a station; code is a line.Word, empty for none. For the word "answered" the status is
// given too.
func (c *Catalog) StationWord(code string, status ...int) string {
	args := A{}
	if len(status) > 0 {
		args["Code"] = positive(status[0])
	}
	return c.first(args, "line.word."+code)
}
