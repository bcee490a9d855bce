#!/bin/sh
# Vets the engine and compiles its tests for every system it must run on, without a C compiler.
set -eu
for target in linux/amd64 linux/arm64 windows/amd64 windows/arm64 darwin/amd64 darwin/arm64; do
	echo "vet $target"
	GOOS=${target%/*} GOARCH=${target#*/} CGO_ENABLED=0 go vet ./checks/...
done
