#!/usr/bin/env bash
# Builds the terminal program in this folder and in a copy of it, and compares: the same sources must give the same file.
set -eu
cd "$(dirname "$0")/.."
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z | while IFS= read -r -d '' file; do [ -e "$file" ] && printf '%s\0' "$file"; done |
	tar --create --null --files-from=- | tar --extract -C "$copy"
build() { CGO_ENABLED=0 go build -trimpath -buildvcs=false -tags no_emoji -ldflags '-s -w -buildid=' -o "$1" .; }
mkdir -p build
build build/reproducible
(cd "$copy" && build "$copy/reproducible")
if ! cmp build/reproducible "$copy/reproducible"; then
	echo "The same sources gave two different programs." >&2
	exit 1
fi
sha256sum build/reproducible
