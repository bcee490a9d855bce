// Package instance keeps the program to one window per data folder. A second start hands its address to the first
// and ends.
package instance

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

const (
	lockName   = "window.lock"
	socketName = "window.sock"
	// whereName names the socket, which lies elsewhere when the data folder's path is too long for one.
	whereName = "window.where"
)

const (
	// maxSocketPath is what fits into sockaddr_un everywhere: 104 bytes on macOS, with the closing zero.
	maxSocketPath = 103
	// maxMessage caps what a second instance may say: an address is cut by far shorter limits.
	maxMessage = 64 << 10
	// patience is for a first instance on the same computer; it answers at once or is stuck.
	patience = 2 * time.Second
)

// ErrHandedOver says that another instance is running and has taken the address.
var ErrHandedOver = errors.New("another window took the address")

// message is the one line a second instance sends.
type message struct {
	Address string `json:"address"`
}

// Instance is the right to be the one window of a data folder.
type Instance struct {
	lock     *flock.Flock
	listener net.Listener
	dir      string // made for the socket alone, removed at the end; empty when it lies in the data folder
	where    string
	done     sync.WaitGroup
}

// Claim makes this process the one window of dir. When another is running, address is handed to it (it may be empty:
// then that window only comes to the front) and the error is ErrHandedOver. Any other error means that nobody can be
// asked; the caller may well go on without the claim. Open is called, on a goroutine of the instance, with every
// address handed over from then on.
func Claim(dir, address string, open func(address string)) (*Instance, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("single instance: %w", err)
	}
	in := &Instance{lock: flock.New(filepath.Join(dir, lockName)), where: filepath.Join(dir, whereName)}
	held, err := in.lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("single instance: %w", err)
	}
	if !held {
		if err := handOver(in.where, address); err != nil {
			return nil, fmt.Errorf("single instance: %w", err)
		}
		return nil, ErrHandedOver
	}
	if err := in.listen(dir); err != nil {
		return nil, errors.Join(fmt.Errorf("single instance: %w", err), in.lock.Unlock())
	}
	in.done.Go(func() { in.serve(open) })
	return in, nil
}

// listen opens the socket. With the lock held, a socket file that is already there belongs to nobody.
func (in *Instance) listen(dir string) error {
	path := filepath.Join(dir, socketName)
	if len(path) > maxSocketPath {
		short, err := os.MkdirTemp("", "isitme-") // created with mode 0700
		if err != nil {
			return err
		}
		in.dir, path = short, filepath.Join(short, socketName)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		return err
	}
	in.listener = listener
	// The folder already keeps other users out; the mode says so of the socket too.
	return errors.Join(os.Chmod(path, 0o600), os.WriteFile(in.where, []byte(path), 0o600))
}

// serve takes one line per connection until the listener is closed.
func (in *Instance) serve(open func(address string)) {
	for {
		conn, err := in.listener.Accept()
		if err != nil {
			return
		}
		in.done.Go(func() {
			defer conn.Close()
			if address, err := receive(conn); err == nil {
				open(address)
			}
		})
	}
}

func receive(conn net.Conn) (string, error) {
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return "", err
	}
	line, err := bufio.NewReader(io.LimitReader(conn, maxMessage)).ReadBytes('\n')
	if err != nil {
		return "", err
	}
	var m message
	if err := json.Unmarshal(line, &m); err != nil {
		return "", err
	}
	_, err = io.WriteString(conn, "taken\n")
	return m.Address, err
}

// handOver gives address to the instance whose socket is named in the file where.
func handOver(where, address string) error {
	path, err := os.ReadFile(where)
	if err != nil {
		return err
	}
	conn, err := net.DialTimeout("unix", string(path), patience)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	if err := json.NewEncoder(conn).Encode(message{Address: address}); err != nil {
		return err
	}
	if reply, err := bufio.NewReader(conn).ReadString('\n'); err != nil || reply != "taken\n" {
		return fmt.Errorf("the running window did not take the address: %q, %w", reply, err)
	}
	return nil
}

// Close gives the claim up and waits for the instance's goroutines.
func (in *Instance) Close() error {
	err := in.listener.Close() // removes the socket file
	in.done.Wait()
	if in.dir != "" {
		err = errors.Join(err, os.RemoveAll(in.dir))
	}
	if e := os.Remove(in.where); !errors.Is(e, os.ErrNotExist) {
		err = errors.Join(err, e)
	}
	return errors.Join(err, in.lock.Unlock())
}
