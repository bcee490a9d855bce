#!/bin/sh
# Makes the Linux packages and tries them: the menu entry and the metadata are valid, the .deb installs on a clean Debian
# and leaves nothing when it is purged, the tar.xz installs into a prefix and leaves that too, the Flatpak is built; what
# is installed runs.
# Usage: packaging/linux/test.sh VERSION
# The clean Debian needs an administrator and a Debian mirror. Without them the test is left out, or fails where CI=true.
set -eu
cd "$(dirname "$0")/../.."
version=${1:?usage: test.sh VERSION}
suite=bookworm
dist=build/linux-dist
id=io.github.isitme.app

rm -rf "$dist"
packaging/linux/package.sh "$version" "$dist"
(cd "$dist" && sha256sum --check --quiet SHA256SUMS)
desktop-file-validate build/linux/tree/share/applications/$id.desktop
appstreamcli validate --no-net build/linux/tree/share/metainfo/$id.metainfo.xml
# What only a Mac can build: at least its property list can be read.
sed "s/@VERSION@/$version/" packaging/macos/Info.plist.in >build/linux/Info.plist
plistutil -i build/linux/Info.plist -f bin -o build/linux/Info.bin

# Runs a command without a way out of the computer.
alone() { $sudo unshare --net sh -euc 'ip link set lo up; exec "$@"' sh timeout 120 "$@"; }

echo "== tar.xz"
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
trial=build/linux/trial
mkdir -p "$trial/unpacked"
tar -xf "$dist/isitme-$version-linux-$(go env GOARCH).tar.xz" -C "$trial/unpacked" --strip-components=1
PREFIX=$PWD/$trial/prefix "$trial/unpacked/install.sh"
env -u DISPLAY -u WAYLAND_DISPLAY "$trial/prefix/bin/isitme" version
PREFIX=$PWD/$trial/prefix "$trial/unpacked/install.sh" remove
if [ -n "$(find "$trial/prefix" 2>/dev/null)" ]; then
	echo "left behind:" >&2
	find "$trial/prefix" >&2
	exit 1
fi

echo "== .deb on a clean $suite"
missing() {
	echo "$1" >&2
	[ "${CI-}" = true ] && exit 1
	exit 0
}
[ -z "$sudo" ] || sudo -n true 2>/dev/null || missing "The .deb is not tried on a clean system: that needs an administrator."
command -v debootstrap >/dev/null 2>&1 || PATH=$PATH:/usr/sbin command -v debootstrap >/dev/null 2>&1 ||
	missing "The .deb is not tried on a clean system: debootstrap is not installed."
cache=build/cache/$suite.tar
root=$PWD/build/linux/root
if [ ! -e "$cache" ]; then
	mkdir -p build/cache
	$sudo env PATH="$PATH:/usr/sbin:/sbin" timeout 600 debootstrap --variant=minbase "$suite" "$root" >build/linux/debootstrap.log
	$sudo tar -cf "$cache.new" -C "$root" .
	$sudo mv "$cache.new" "$cache"
	$sudo rm -rf "$root"
fi
mkdir -p "$root"
$sudo tar -xf "$cache" -C "$root"
trap '$sudo rm -rf "$root"' EXIT
inside() { $sudo env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 timeout 600 chroot "$root" "$@"; }
$sudo cp "$dist"/isitme_*.deb "$root/root/isitme.deb"
inside apt-get update -qq
inside apt-get install -qq -y --no-install-recommends /root/isitme.deb >build/linux/install.log 2>&1 || {
	cat build/linux/install.log >&2
	exit 1
}
alone chroot "$root" /usr/bin/isitme version
alone chroot "$root" /usr/bin/isitme demo healthy
inside dpkg --purge isitme >/dev/null
left=$($sudo find "$root/usr" "$root/etc" "$root/var/lib/dpkg/info" -name '*isitme*')
if [ -n "$left" ]; then
	echo "left behind: $left" >&2
	exit 1
fi

echo "== Flatpak"
$sudo env PATH="$PATH" packaging/linux/flatpak/test.sh "$root"
echo "The packages install, run and uninstall."
