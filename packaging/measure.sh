#!/bin/sh
# Measures the program in a real window on a screen in memory: what it takes of the processor while idle, how fast it
# answers during a run and how fast it stops, how long each page takes to come up, and its memory after fifty checks (about
# eight minutes). The figures are printed; only what does not depend on the computer can fail.
# Usage: packaging/measure.sh [TEST...], such as TestIdle
set -eu
cd "$(dirname "$0")/.."
tests=$(printf '%s|' "$@")
[ $# -gt 0 ] || tests='TestIdle|TestPageChanges|TestInputDuringARun|TestStopTakesNoTime|TestMemory|'
tags=no_emoji,measure
[ "$(uname -s)" != Linux ] || tags=gles,$tags
CGO_ENABLED=0 go vet -tags "$tags" ./ui/window/journey/...
exec go test -trimpath -buildvcs=false -tags "$tags" -count=1 -timeout 30m -v -run "^(${tests%|})\$" ./ui/window/journey
