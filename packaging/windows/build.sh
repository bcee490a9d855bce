#!/bin/sh
# Builds the Windows programs from the one main.go into a folder: IsItMe.exe, a window program, and isitme-cli.exe, its
# twin for the terminal, because a window program prints nothing to a console.
# Usage: packaging/windows/build.sh VERSION FOLDER [amd64|arm64]
# On another system than Windows the window is compiled with mingw, for amd64 only.
set -eu
cd "$(dirname "$0")/../.."
version=${1:?usage: build.sh VERSION FOLDER [ARCH]} out=${2:?usage: build.sh VERSION FOLDER [ARCH]} arch=${3:-amd64}
mkdir -p "$out"

case ${OS-} in
Windows_NT) cc=gcc ;;
*) cc=x86_64-w64-mingw32-gcc ;;
esac
[ "$arch" = arm64 ] && cc=${CC:-clang}

# Functions aligned to 8 instead of 32 bytes make the file 1 % smaller; no build id and no paths make it reproducible.
link="-s -w -buildid= -funcalign=8 -X main.version=$version"
# Without inlining in libraries that need no speed here (proxy scripts, DNS messages, and Markdown, which nobody writes)
# it is a megabyte smaller.
small=
for library in github.com/dop251/goja github.com/dlclark/regexp2/v2 github.com/yuin/goldmark github.com/miekg/dns; do
	small="$small -gcflags=$library/...=-l"
done

# The go command finds resources by this name beside main.go and nowhere else, not even through -overlay.
resources=rsrc_windows_$arch.syso
trap 'rm -f "$resources"' EXIT
trap 'exit 1' HUP INT TERM
GOFLAGS='' CGO_ENABLED=0 go run github.com/tc-hib/go-winres@v0.3.3 make --in packaging/windows/winres.json --arch "$arch" --out rsrc \
	--product-version "$version.0" --file-version "$version.0"

export GOOS=windows GOARCH="$arch"
# shellcheck disable=SC2086 # a list of flags
CGO_ENABLED=0 go build $small -trimpath -buildvcs=false -tags no_emoji -ldflags "$link" -o "$out/isitme-cli.exe" .
# shellcheck disable=SC2086
CGO_ENABLED=1 CC=$cc go build $small -trimpath -buildvcs=false -tags no_emoji -ldflags "$link -H=windowsgui" -o "$out/IsItMe.exe" .
