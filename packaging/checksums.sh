#!/bin/sh
# Writes SHA256SUMS beside the packages in a folder.
# Usage: packaging/checksums.sh FOLDER
set -eu
cd "${1:?usage: checksums.sh FOLDER}"
rm -f SHA256SUMS
if command -v sha256sum >/dev/null 2>&1; then
	sha256sum -- * >SHA256SUMS.new
else
	shasum -a 256 -- * >SHA256SUMS.new
fi
grep -v ' SHA256SUMS.new$' SHA256SUMS.new >SHA256SUMS
rm SHA256SUMS.new
