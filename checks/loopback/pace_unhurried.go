//go:build unhurried

package loopback

// Pace is how much faster than real life the limits of a World are.
const Pace = 1
