// Package winetest tries the Windows programs and their installer under Wine, on Linux: the same verdicts as the Linux
// program gives about the same servers, Windows' own settings read from a prepared registry, and a real window. It holds
// tests only; packaging/windows/test.sh builds the programs, makes the prefix and runs them without a way out of the
// computer.
package winetest
