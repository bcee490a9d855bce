package system

import (
	"errors"
	"io/fs"
	"net/url"
	"os/exec"
	"slices"
	"strings"

	"isitme/checks/evidence"
	"isitme/checks/probe"
)

// maxText is how many bytes of a text from outside are kept in evidence.
const maxText = 200

// faultOf names err in the closed vocabulary. The layers around the innermost error are left out of its detail: they
// name files of the visitor and URLs.
func faultOf(err error, op evidence.Operation) *evidence.Fault {
	var path *fs.PathError
	var request *url.Error
	var program *exec.Error
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &request):
		err = request.Err
	case errors.As(err, &program):
		err = program.Err
	}
	return probe.Classify(err, op)
}

// failureOf is the name alone; None for nil.
func failureOf(err error) evidence.Failure {
	if err == nil {
		return evidence.None
	}
	return probe.Classify(err, evidence.Resolve).Failure
}

// cut bounds a text that goes into evidence.
func cut(text string) string {
	if len(text) > maxText {
		text = text[:maxText]
	}
	return strings.ToValidUTF8(text, "")
}

// sortUnread brings entries into a fixed order, since the parts finish in any.
func sortUnread(list []evidence.Unread) {
	slices.SortFunc(list, func(a, b evidence.Unread) int {
		return strings.Compare(a.What+a.Detail, b.What+b.Detail)
	})
}
