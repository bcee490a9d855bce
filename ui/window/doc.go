// Package window is the app with a window: it shows pages, passes on what the visitor meant, and brings the work of the
// engine back to the screen. It measures nothing and judges nothing. Everything but run_cgo.go builds and is tested
// without a C compiler.
package window
