package line

import (
	"isitme/checks/checklist"
	"isitme/checks/evidence"
)

// Live draws the line of a run that goes on. reply is the status the site answered with so far, 0 for none. Nothing is
// broken here: what looks wrong is shown as seen, since the step that follows may explain it.
func Live(states map[evidence.Step]checklist.State, reply int) Line {
	compare, lookup, retry := states[evidence.StepCompare], states[evidence.StepResolvers], states[evidence.StepRetry]

	connection := step(Connection, compare)
	if reply != 0 && connection.State != Seen {
		connection.State, connection.Word = Works, Fine // a reply from the site came over it
	}
	computer := Station{Place: Computer, State: NotYet}
	if connection.State == Works || lookup == checklist.Fine {
		computer.State, computer.Word = Works, Fine
	}
	line := Line{
		Stations: []Station{computer, connection, step(Lookup, lookup), website(retry, reply)},
		Joins:    make([]Join, 3),
	}
	for i := range line.Joins {
		line.Joins[i] = Dots
		if line.Stations[i].State == Works && line.Stations[i+1].State == Works {
			line.Joins[i] = Solid
		}
	}
	return line
}

// step is a station as far as the step that looks at it has come. A step that was skipped or could not run leaves its
// station unknown: it is never shown as fine.
func step(p Place, s checklist.State) Station {
	st := Station{Place: p, State: NotYet}
	switch s {
	case checklist.Running:
		st.State, st.Word = Asking, AskingNow
	case checklist.Fine:
		st.State, st.Word = Works, working(p)
	case checklist.Found:
		st.State, st.Word = Seen, Problem
	case checklist.CouldNot:
		st.State, st.Word = Unknown, CannotTell
	}
	return st
}

// website is the last station: what the site answered so far counts before the step's own state.
func website(s checklist.State, reply int) Station {
	st := step(Site, s)
	switch {
	case reply >= 400:
		st.State, st.Word, st.Code = Seen, AnsweredCode, reply
	case reply != 0 && s != checklist.Found:
		st.State, st.Word = Works, IsUp
	}
	return st
}
