// Package journey holds the test of the whole way in a real window: the program is built, shown on a screen that
// exists in memory only, inside a network without a way out, and driven by keys and mouse as a visitor would.
package journey
