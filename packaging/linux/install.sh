#!/bin/sh
# Installs Is It Me? from this folder, or removes it again.
# Usage: [PREFIX=/usr/local] ./install.sh [remove]
# Without rights to the prefix, choose your own: PREFIX=$HOME/.local ./install.sh
set -eu
cd "$(dirname "$0")"
prefix=${PREFIX:-/usr/local}
case ${1-} in
'')
	find bin share -type f | while read -r file; do
		mkdir -p "$prefix/$(dirname "$file")"
		cp "$file" "$prefix/$file"
		case $file in
		bin/*) chmod 755 "$prefix/$file" ;;
		*) chmod 644 "$prefix/$file" ;;
		esac
	done
	echo "Is It Me? is installed below $prefix." ;;
remove)
	find bin share -type f | while read -r file; do
		rm -f "$prefix/$file"
		rmdir -p "$prefix/$(dirname "$file")" 2>/dev/null || true # what is empty now
	done
	echo "Is It Me? is removed from $prefix." ;;
*)
	echo "usage: [PREFIX=/usr/local] ./install.sh [remove]" >&2
	exit 2 ;;
esac
