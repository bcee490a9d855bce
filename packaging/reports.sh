#!/bin/sh
# Draws a report of every kind of answer in English and German with the real program, in every format that can be
# looked at; PDF and HTML as pictures too, by programs of others.
# Usage: packaging/reports.sh PROGRAM FOLDER
set -eu
cd "$(dirname "$0")/.."
program=$(realpath "${1:?usage: reports.sh PROGRAM FOLDER}")
out=${2:?usage: reports.sh PROGRAM FOLDER}
rm -rf "$out"
mkdir -p "$out"
CGO_ENABLED=0 go run ./checks/report/reporttest/samples "$out"
cd "$out"
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
for file in *.json; do
	for lang in en de; do
		name=${file%.json}-$lang
		set --
		for ending in png html pdf txt md; do
			set -- "$@" --save "$name.$ending"
		done
		said=$("$program" open "$file" --lang "$lang" "$@" 2>&1 >/dev/null)
		case $said in *[Ff]yne*) echo "$said" >&2; exit 1 ;; esac # the toolkit has no say in a terminal
		pdftoppm -r 70 -png "$name.pdf" "$name-pdf"
		# Without any network: nothing in a report may need one.
		unshare -rn chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
			--disable-component-update --disable-sync --user-data-dir="$profile" --window-size=860,2600 --hide-scrollbars \
			--screenshot="$name-html.png" "file://$PWD/$name.html" 2>/dev/null
	done
done
