#!/bin/sh
# Builds the Flatpak from its manifest and runs it in its sandbox. The runtime it is built on here is made of a Debian
# tree with the program's libraries: the real one lies on Flathub, which tests do not reach.
# Usage: packaging/linux/flatpak/test.sh TREE, after packaging/linux/package.sh; as root
set -eu
cd "$(dirname "$0")/../../.."
tree=${1:?usage: test.sh TREE}
id=io.github.isitme.app
manifest=packaging/linux/flatpak/$id.yml
branch=$(sed -n "s/^runtime-version: '\(.*\)'/\1/p" $manifest)
work=$PWD/build/linux/flatpak
rm -rf "$work"
mkdir -p "$work/home/run" "$work/runtime"
chmod 700 "$work/home/run"
trap 'rm -rf "$work"' EXIT
export HOME="$work/home" XDG_DATA_HOME="$work/home/.local/share" XDG_RUNTIME_DIR="$work/home/run"

cp -a "$tree/usr" "$work/runtime/usr"
cp -a "$tree/etc" "$work/runtime/usr/etc"
# The real Sdk composes the catalogue entry; appstreamcli has validated the metadata already.
printf '#!/bin/sh\n' >"$work/runtime/usr/bin/appstream-compose"
chmod 755 "$work/runtime/usr/bin/appstream-compose"
for kind in Platform Sdk; do
	cat >"$work/runtime/metadata" <<-METADATA
		[Runtime]
		name=org.freedesktop.$kind
		runtime=org.freedesktop.Platform/$(flatpak --default-arch)/$branch
		sdk=org.freedesktop.Sdk/$(flatpak --default-arch)/$branch
	METADATA
	flatpak build-export --runtime --files=usr "$work/runtimes" "$work/runtime" "$branch" >/dev/null
done
flatpak --user remote-add --no-gpg-verify runtimes "$work/runtimes"
flatpak --user install --noninteractive runtimes org.freedesktop.Platform//"$branch" org.freedesktop.Sdk//"$branch" >/dev/null

flatpak-builder --user --disable-rofiles-fuse --state-dir="$work/state" --repo="$work/apps" "$work/app" $manifest
flatpak --user remote-add --no-gpg-verify apps "$work/apps"
flatpak --user install --noninteractive apps $id >/dev/null
for file in applications/$id.desktop icons/hicolor/scalable/apps/$id.svg; do
	[ -e "$work/app/export/share/$file" ] || {
		echo "The Flatpak does not export $file." >&2
		exit 1
	}
done
run() { unshare --net sh -euc 'ip link set lo up; exec dbus-run-session -- timeout 120 flatpak run "$@"' sh $id "$@" 2>"$work/errors"; }
run version
run demo healthy >/dev/null
echo "The Flatpak builds and runs in its sandbox."
