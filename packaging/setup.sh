#!/bin/sh
# Installs what is missing for one purpose, and only where that is allowed (root or sudo, a package manager we know).
# Usage: packaging/setup.sh build|test|windows|packages
#   build    what the window needs to be compiled on Linux
#   test     what the tests of the window and of the reports need besides
#   windows  what the Windows build and its tests under Wine need
#   packages what the tests of the Linux packages need
# It never starts or enables a service: daemons of the test lab are unpacked into a cache folder by the lab itself.
set -eu
purpose=${1:?usage: packaging/setup.sh build|test|windows|packages}

case $(uname -s) in
Linux) ;;
Darwin)
	xcode-select -p >/dev/null 2>&1 || { echo "Please install Apple's command line tools first: xcode-select --install" >&2; exit 1; }
	exit 0 ;;
*)
	command -v gcc >/dev/null 2>&1 || { echo "Please install a C compiler first, for example MSYS2 with mingw-w64-x86_64-gcc." >&2; exit 1; }
	exit 0 ;;
esac

if command -v apt-get >/dev/null 2>&1; then
	case $purpose in
	build) want="gcc libc6-dev pkg-config libgles2-mesa-dev libegl1-mesa-dev libx11-dev libxcursor-dev libxrandr-dev libxinerama-dev libxi-dev libxxf86vm-dev libxkbcommon-dev" ;;
	test) want="xvfb xdotool xclip imagemagick x11-utils dbus poppler-utils chromium nftables iproute2 curl openssl procps xdg-utils libglib2.0-bin gsettings-desktop-schemas desktop-file-utils appstream" ;;
	windows) want="gcc-mingw-w64-x86-64 wine64 wine xvfb xdotool xclip imagemagick iproute2 openssl nsis osslsigncode" ;;
	packages) want="desktop-file-utils appstream debootstrap xz-utils binutils iproute2 libplist-utils flatpak flatpak-builder dbus" ;;
	*) echo "unknown purpose: $purpose" >&2; exit 2 ;;
	esac
	have() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }
	# A policy that forbids it keeps packages from starting their services while they are installed.
	install() { $sudo env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y --no-install-recommends "$@"; }
	update="apt-get update"
elif command -v dnf >/dev/null 2>&1; then
	case $purpose in
	build) want="gcc pkgconf-pkg-config mesa-libGLES-devel mesa-libEGL-devel libX11-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel libxkbcommon-devel" ;;
	test) want="xorg-x11-server-Xvfb xdotool xclip ImageMagick dbus-daemon poppler-utils chromium nftables iproute curl openssl procps-ng xdg-utils glib2 gsettings-desktop-schemas desktop-file-utils appstream" ;;
	*) echo "The $purpose packages are known for Debian and Ubuntu only." >&2; exit 1 ;;
	esac
	have() { rpm -q "$1" >/dev/null 2>&1; }
	install() { $sudo dnf install -y "$@"; }
	update=true
elif command -v pacman >/dev/null 2>&1; then
	case $purpose in
	build) want="gcc pkgconf mesa libx11 libxcursor libxrandr libxinerama libxi libxxf86vm libxkbcommon" ;;
	test) want="xorg-server-xvfb xdotool xclip imagemagick dbus poppler chromium nftables iproute2 curl openssl procps-ng xdg-utils glib2 gsettings-desktop-schemas desktop-file-utils appstream" ;;
	*) echo "The $purpose packages are known for Debian and Ubuntu only." >&2; exit 1 ;;
	esac
	have() { pacman -Q "$1" >/dev/null 2>&1; }
	install() { $sudo pacman -S --needed --noconfirm "$@"; }
	update=true
else
	echo "No package manager that we know (apt, dnf, pacman). packaging/setup.sh lists what is needed." >&2
	exit 1
fi

missing=
for p in $want; do
	have "$p" || missing="$missing $p"
done
[ -n "$missing" ] || exit 0

sudo=
if [ "$(id -u)" != 0 ]; then
	if command -v sudo >/dev/null 2>&1; then
		sudo=sudo
	else
		echo "These packages are missing, and only an administrator can install them:$missing" >&2
		exit 1
	fi
fi
echo "Installing:$missing" >&2
$sudo $update >/dev/null
# shellcheck disable=SC2086 # a list of names
install $missing >/dev/null
