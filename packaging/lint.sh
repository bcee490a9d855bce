#!/bin/sh
# The linters, with pinned versions, compiled once into build/tools.
set -eu
bin=$PWD/build/tools
tool() { # name, module path, version
	[ -x "$bin/$1-$3" ] && return
	mkdir -p "$bin"
	GOFLAGS= CGO_ENABLED=0 GOBIN=$bin go install "$2@$3"
	mv "$bin/$1" "$bin/$1-$3"
}
tool gofumpt mvdan.cc/gofumpt v0.9.2
tool staticcheck honnef.co/go/tools/cmd/staticcheck v0.8.2
tool actionlint github.com/rhysd/actionlint/cmd/actionlint v1.7.12

unformatted=$("$bin/gofumpt-v0.9.2" -l $(git ls-files '*.go'))
if [ -n "$unformatted" ]; then
	echo "not formatted as gofumpt does:" >&2
	echo "$unformatted" >&2
	exit 1
fi
CGO_ENABLED=0 go vet ./...
CGO_ENABLED=0 "$bin/staticcheck-v0.8.2" ./...
"$bin/actionlint-v1.7.12"
