package probe

import (
	"context"
	"net"
	"time"

	"isitme/checks/evidence"
)

// longAgo is a deadline in the past: every read and write on a connection that has it fails at once.
var longAgo = time.Unix(1, 0)

// guard bounds what is done on conn until release: when d is over (0 or negative: never) or ctx ends, reading and
// writing fail. The returned context ends then too.
func guard(ctx context.Context, conn net.Conn, d time.Duration) (guarded context.Context, release func()) {
	guarded, cancel := bounded(ctx, d)
	disarm := context.AfterFunc(guarded, func() { conn.SetDeadline(longAgo) })
	return guarded, func() {
		disarm()
		cancel()
	}
}

// faultOf is Classify for an operation under ctx: what ctx's own end made fail is its doing, whatever the error says.
func faultOf(ctx context.Context, err error, op evidence.Operation) *evidence.Fault {
	switch {
	case err == nil, ctx.Err() == nil:
		return Classify(err, op)
	case ctx.Err() == context.Canceled:
		return &evidence.Fault{Operation: op, Failure: evidence.Interrupted}
	}
	if f := Classify(err, op); f.Failure != evidence.Interrupted && f.Failure != evidence.ConnectionAborted {
		return f
	}
	return &evidence.Fault{Operation: op, Failure: evidence.Timeout}
}
