#!/bin/sh
# Draws every report and every page of the window into a folder, from the real program.
# Usage: packaging/pictures.sh FOLDER
set -eu
cd "$(dirname "$0")/.."
out=${1:?usage: pictures.sh FOLDER}
mkdir -p "$out"
packaging/reports.sh build/isitme "$out/reports"
# The pages are those that the journeys through the real window pass.
go test -trimpath -buildvcs=false -tags gles,no_emoji -count=1 -timeout 20m ./ui/window/journey
rm -rf "$out/window"
cp -r ui/window/journey/testdata/artefacts "$out/window"
