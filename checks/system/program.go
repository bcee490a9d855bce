package system

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"time"
)

// maxOutput is how much of a program's output is kept: hundreds of times what the programs asked here print.
const maxOutput = 1 << 20

// errOutput is what a program that prints without end leads to.
var errOutput = errors.New("program printed too much")

// run starts one of the system's programs and returns what it printed. It is ended when ctx is, or after limit.
// Its messages are in the C locale, which is the one that can be parsed.
func run(ctx context.Context, limit time.Duration, path string, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	cmd.WaitDelay = 100 * time.Millisecond // a grandchild may hold the pipe open after the program was ended
	withoutConsole(cmd)
	var out limitedBuffer
	cmd.Stdout = &out
	err := cmd.Run()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if errors.Is(err, exec.ErrWaitDelay) {
		err = nil // the program itself ended well
	}
	return out.Bytes(), err
}

// limitedBuffer refuses to grow over maxOutput.
type limitedBuffer struct{ bytes.Buffer }

// Write keeps p, or fails, which ends the program that writes.
func (b *limitedBuffer) Write(p []byte) (int, error) {
	if b.Len()+len(p) > maxOutput {
		return 0, errOutput
	}
	return b.Buffer.Write(p)
}

// firstFile is the first of the paths that exists, or "".
func firstFile(paths ...string) string {
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			return path
		}
	}
	return ""
}
