// Package desktop is the door to the window: a build with a C compiler has one behind it, a build without has none and
// does not even contain the toolkit. main asks here and needs no build tags of its own.
package desktop
