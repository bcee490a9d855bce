package system

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"net/url"
	"os/exec"
	"slices"
	"strings"
	"syscall"

	"isitme/checks/evidence"
)

// maxDetail is how many bytes of an error's text are kept.
const maxDetail = 160

// failureOf names err in the closed vocabulary.
func failureOf(err error) evidence.Failure {
	var lookup *net.DNSError
	var network net.Error
	switch {
	case err == nil:
		return evidence.None
	case errors.Is(err, context.Canceled):
		return evidence.Interrupted
	case errors.Is(err, context.DeadlineExceeded):
		return evidence.Timeout
	case errors.As(err, &lookup):
		return lookupFailure(lookup)
	case errors.Is(err, fs.ErrPermission):
		return evidence.PermissionDenied
	case errors.Is(err, syscall.ECONNREFUSED):
		return evidence.ConnectionRefused
	case errors.Is(err, syscall.ECONNRESET):
		return evidence.ConnectionReset
	case errors.Is(err, syscall.ENETUNREACH):
		return evidence.NetworkUnreachable
	case errors.Is(err, syscall.EHOSTUNREACH):
		return evidence.HostUnreachable
	case errors.As(err, &network) && network.Timeout():
		return evidence.Timeout
	default:
		return evidence.Unknown
	}
}

// lookupFailure names what the operating system or Go's resolver said about a name.
func lookupFailure(err *net.DNSError) evidence.Failure {
	switch {
	case err.IsNotFound:
		return evidence.DNSNotFound
	case err.IsTimeout:
		return evidence.Timeout
	case err.IsTemporary:
		return evidence.DNSTemporary
	default:
		return evidence.Unknown
	}
}

// detailOf is the innermost text of err: the layers around it name files of the visitor, addresses or URLs.
func detailOf(err error) string {
	if err == nil {
		return ""
	}
	var path *fs.PathError
	var dial *net.OpError
	var lookup *net.DNSError
	var request *url.Error
	var program *exec.Error
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &lookup):
		return cut(lookup.Err)
	case errors.As(err, &dial):
		err = dial.Err
	case errors.As(err, &request):
		err = request.Err
	case errors.As(err, &program):
		err = program.Err
	}
	return cut(err.Error())
}

// cut bounds a text that goes into evidence.
func cut(text string) string {
	if len(text) > maxDetail {
		text = text[:maxDetail]
	}
	return strings.ToValidUTF8(text, "")
}

// sortUnread brings entries into a fixed order, since the parts finish in any.
func sortUnread(list []evidence.Unread) {
	slices.SortFunc(list, func(a, b evidence.Unread) int {
		return strings.Compare(a.What+a.Detail, b.What+b.Detail)
	})
}
