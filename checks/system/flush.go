package system

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"isitme/checks/evidence"
)

// errPassword says that the system would ask for a password.
var errPassword = errors.New("the system asks for a password")

// cache is one DNS cache of this computer.
type cache struct {
	// name is the method that evidence.Flush reports.
	name string
	// clear empties it. The error is errPassword where that needs one and ask is false.
	clear func(ctx context.Context, ask bool) error
}

// Flush clears this computer's DNS caches as far as that needs no password, and says what it did.
func Flush(ctx context.Context) evidence.Flush { return flush(ctx, caches(ctx), false) }

// FlushWithPassword clears this computer's DNS caches; the system may ask the visitor for a password.
func FlushWithPassword(ctx context.Context) evidence.Flush { return flush(ctx, caches(ctx), true) }

// flush clears each cache. It is done only when all are empty: one that still holds the old answer may be the one that
// is asked first.
func flush(ctx context.Context, all []cache, ask bool) evidence.Flush {
	if len(all) == 0 {
		return evidence.Flush{NoCache: true}
	}
	result := evidence.Flush{Done: true}
	var names, problems []string
	for _, c := range all {
		names = append(names, c.name)
		err := c.clear(ctx, ask)
		switch {
		case errors.Is(err, errPassword):
			result.Done, result.NeedsPassword = false, true
		case err != nil:
			result.Done = false
		}
		if err != nil {
			fault := faultOf(err, evidence.Resolve)
			problems = append(problems, c.name+": "+cmp.Or(fault.Detail, string(fault.Failure)))
		}
	}
	result.Method = strings.Join(names, ", ")
	result.Detail = cut(strings.Join(problems, "; "))
	return result
}
