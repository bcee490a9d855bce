#!/bin/sh
# Builds the Windows packages and tries them under Wine (winetest), in a network namespace without a way out.
# Usage: packaging/windows/test.sh VERSION
set -eu
cd "$(dirname "$0")/../.."
version=${1:?usage: test.sh VERSION}
root=$PWD

rm -rf build/windows/dist build/artefacts/windows
packaging/windows/package.sh "$version" build/windows/dist
CGO_ENABLED=0 go build -trimpath -buildvcs=false -tags no_emoji -ldflags "-X main.version=$version" -o build/windows/isitme-terminal .
CGO_ENABLED=0 go test -c -trimpath -buildvcs=false -o build/windows/wine.test ./packaging/windows/winetest
for package in system probe; do
	GOOS=windows CGO_ENABLED=0 go test -c -trimpath -buildvcs=false -o "build/windows/$package.test.exe" "./checks/$package"
done

# A prefix and a home of its own, so that neither this user's settings nor a run before matter.
rm -rf build/wine
mkdir -p build/wine/home build/artefacts/windows
export WINEPREFIX="$root/build/wine/prefix" HOME="$root/build/wine/home" WINEDEBUG=-all WINEARCH=win64
export WINEDLLOVERRIDES='winemenubuilder.exe=d;mscoree=d;mshtml=d'
unset DISPLAY WAYLAND_DISPLAY

# Settings that Wine takes from the system underneath: name servers and names.
echo 'nameserver 127.0.0.53' >build/wine/resolv.conf
echo '127.0.0.1 localhost' >build/wine/hosts

if [ "$(id -u)" = 0 ]; then
	alone="unshare --net --mount"
else
	alone="unshare --map-root-user --net --mount"
fi
export root
# The bounds are for what hangs: without much else to do it takes four minutes.
exec timeout 3600 $alone sh -euc '
	ip link set lo up
	mount --bind "$root/build/wine/resolv.conf" "$(readlink -f /etc/resolv.conf)"
	mount --bind "$root/build/wine/hosts" /etc/hosts
	timeout 600 wineboot --init 2>/dev/null
	x86_64-w64-mingw32-gcc -Wall -Wextra -shared -O2 -s -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" \
		packaging/windows/testdata/bcryptprimitives.c -ladvapi32 -lws2_32
	# One second chance, which is said: the limits of the tests of probe are short for a computer that is busy.
	try() (cd "$1" && shift && { timeout 900 "$@" || { echo "once more: $*" >&2 && timeout 900 "$@"; }; })
	status=0
	# What the engine reads of Windows, and how it names errors. Wine tells a reset that arrives while nobody reads as a
	# plain end, so on a busy computer the one case that turns on the difference fails.
	for package in system probe; do
		echo "checks/$package under Wine"
		try "checks/$package" wine "$root/build/windows/$package.test.exe" -test.timeout 14m \
			-test.skip "^TestReplies\$/^until_a_reset\$" || status=$?
	done
	cd packaging/windows/winetest
	"$root/build/windows/wine.test" -test.v -test.timeout 40m -test.parallel 6 || status=$?
	wineserver -k || true # the server of this prefix only
	exit $status
'
