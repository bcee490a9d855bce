//go:build !unhurried

package loopback

// Pace is how much faster than real life the limits of a World are. A test that failed is tried again with the tag
// "unhurried", in real life's time (packaging/again).
const Pace = 5
