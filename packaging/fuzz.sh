#!/bin/sh
# Fuzzes every target there is, one after the other. What it finds is kept below testdata/fuzz of the package.
# Usage: packaging/fuzz.sh TIME, such as 20s, for each
set -eu
cd "$(dirname "$0")/.."
time=${1:?usage: fuzz.sh TIME}
status=0
for package in $(CGO_ENABLED=0 go list ./...); do
	for target in $(CGO_ENABLED=0 go test -list '^Fuzz' "$package" | grep '^Fuzz' || true); do
		echo "== $package $target"
		CGO_ENABLED=0 go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" "$package" || status=1
	done
done
exit $status
