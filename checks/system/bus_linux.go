package system

import (
	"context"
	"os"
	"time"

	"github.com/godbus/dbus/v5"
)

// busLimit is how long one service on this computer may take to answer.
const busLimit = 2 * time.Second

// systemBus connects to the system's message bus. It is closed with ctx at the latest.
func systemBus(ctx context.Context) (*dbus.Conn, error) {
	return dbus.ConnectSystemBus(dbus.WithContext(ctx))
}

// sessionBus connects to the desktop session's bus, if there is one; none is started.
func sessionBus(ctx context.Context) (*dbus.Conn, error) {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		return nil, os.ErrNotExist
	}
	return dbus.ConnectSessionBus(dbus.WithContext(ctx))
}

// running reports whether a service is on the bus. Asking this way starts nothing.
func running(ctx context.Context, bus *dbus.Conn, name string) bool {
	var has bool
	err := call(ctx, bus.BusObject(), "org.freedesktop.DBus.NameHasOwner", []any{name}, &has)
	return err == nil && has
}

// call calls a method within busLimit and stores its results.
func call(ctx context.Context, object dbus.BusObject, method string, args []any, results ...any) error {
	ctx, cancel := context.WithTimeout(ctx, busLimit)
	defer cancel()
	return object.CallWithContext(ctx, method, dbus.FlagNoAutoStart, args...).Store(results...)
}

// properties reads all properties that an object has on one interface.
func properties(ctx context.Context, object dbus.BusObject, iface string) (map[string]dbus.Variant, error) {
	var all map[string]dbus.Variant
	err := call(ctx, object, "org.freedesktop.DBus.Properties.GetAll", []any{iface}, &all)
	return all, err
}

// property stores one of these properties; a missing one, or one of another type, leaves the zero value.
func property[T any](all map[string]dbus.Variant, name string) T {
	var value T
	if variant, ok := all[name]; ok {
		if err := variant.Store(&value); err != nil {
			var zero T
			return zero
		}
	}
	return value
}
