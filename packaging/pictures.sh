#!/bin/sh
# Draws every report, and every page of the window in both themes, in English and German, at 100 % and 150 %, into a
# folder, from the real program. It fails where a page is missing or blank. About six minutes on two cores.
# Usage: packaging/pictures.sh FOLDER
set -eu
cd "$(dirname "$0")/.."
out=${1:?usage: pictures.sh FOLDER}
packaging/setup.sh test
rm -rf "$out/window"
mkdir -p "$out/window"
out=$(cd "$out" && pwd)
packaging/reports.sh build/isitme "$out/reports"
# With CI=true what cannot be drawn here is a failure, not a test that was skipped.
CI=true go test -trimpath -buildvcs=false -tags gles,no_emoji -count=1 -timeout 12m -parallel 3 -run '^TestPictures$' \
	./ui/window/journey -args -pictures "$out/window"
