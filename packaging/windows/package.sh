#!/bin/sh
# Builds the Windows programs and makes of them what people download. Usage: packaging/windows/package.sh VERSION [FOLDER]
set -eu
cd "$(dirname "$0")/../.."
version=${1:?usage: package.sh VERSION [FOLDER]} out=${2:-dist}
packaging/windows/build.sh "$version" build/windows/amd64 amd64
packaging/windows/pack.sh "$version" "$out" amd64
