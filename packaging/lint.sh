#!/bin/sh
# The linters, at pinned versions.
set -eu
. packaging/tool.sh

tool gofumpt mvdan.cc/gofumpt v0.9.2
unformatted=$(git ls-files -z '*.go' | xargs -0 "$tool" -l)
if [ -n "$unformatted" ]; then
	echo "not formatted as gofumpt does:" >&2
	echo "$unformatted" >&2
	exit 1
fi
# With the window, which only a build with a C compiler has.
"$(dirname "$0")/setup.sh" build
tags=gles,no_emoji
CGO_ENABLED=1 go vet -tags $tags ./...
tool staticcheck honnef.co/go/tools/cmd/staticcheck v0.8.2
CGO_ENABLED=1 "$tool" -tags $tags ./...
tool actionlint github.com/rhysd/actionlint/cmd/actionlint v1.7.12
"$tool"
for script in packaging/*.sh packaging/*/*.sh packaging/*/*/*.sh .ci/run; do
	case $(head -n 1 "$script") in
	*bash) bash -n "$script" ;;
	*) sh -n "$script" ;;
	esac
done
