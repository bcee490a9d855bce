#!/bin/sh
# Makes what people download for Linux: a .deb, a .tar.xz with a script that installs it, and what the program is built
# from (CycloneDX).
# Usage: packaging/linux/package.sh VERSION [FOLDER]
# The window program is compiled for this machine's architecture and needs its C library or a newer one.
set -eu
cd "$(dirname "$0")/../.."
version=${1:?usage: package.sh VERSION [FOLDER]} out=${2:-dist}
arch=$(go env GOARCH)
id=io.github.isitme.app
tree=build/linux/tree
# The same sources give the same packages: times are those of the last commit.
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct)}"
export SOURCE_DATE_EPOCH

rm -rf build/linux
mkdir -p "$out" "$tree/bin" "$tree/share/applications" "$tree/share/metainfo" "$tree/share/doc/isitme"
CGO_ENABLED=1 go build -trimpath -buildvcs=false -tags gles,no_emoji -ldflags "-s -w -buildid= -X main.version=$version" \
	-o "$tree/bin/isitme" .
cp packaging/linux/$id.desktop "$tree/share/applications/"
sed -e "s/@VERSION@/$version/" -e "s/@DATE@/$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)/" packaging/linux/$id.metainfo.xml.in \
	>"$tree/share/metainfo/$id.metainfo.xml"
CGO_ENABLED=0 go run ./packaging/icons build/linux/icons
for size in 16 32 48 64 128 256 512; do
	mkdir -p "$tree/share/icons/hicolor/${size}x$size/apps"
	cp "build/linux/icons/$size.png" "$tree/share/icons/hicolor/${size}x$size/apps/$id.png"
done
mkdir -p "$tree/share/icons/hicolor/scalable/apps"
cp assets/icons/mark.svg "$tree/share/icons/hicolor/scalable/apps/$id.svg"
cp LICENSE "$tree/share/doc/isitme/copyright"
cp packaging/linux/install.sh "$tree/"
chmod -R u=rwX,go=rX "$tree"
chmod 755 "$tree/bin/isitme" "$tree/install.sh"

name=isitme-$version-linux-$arch
tar --create --xz --file "$out/$name.tar.xz" --sort=name --owner=0 --group=0 --numeric-owner \
	--mtime="@$SOURCE_DATE_EPOCH" --transform "s,^\.,$name," -C "$tree" .

if command -v dpkg-deb >/dev/null 2>&1; then
	deb=build/linux/deb
	mkdir -p "$deb/DEBIAN" "$deb/usr"
	cp -r "$tree/bin" "$tree/share" "$deb/usr/"
	libc=$(objdump -T "$tree/bin/isitme" | grep -o 'GLIBC_[0-9.]*' | sort -Vu | tail -1)
	cat >"$deb/DEBIAN/control" <<-CONTROL
		Package: isitme
		Version: $version
		Architecture: $(dpkg --print-architecture)
		Maintainer: The Is It Me? authors <isitme@users.noreply.github.com>
		Section: net
		Priority: optional
		Installed-Size: $(du -sk --apparent-size "$deb/usr" | cut -f1)
		Homepage: https://github.com/isitme/isitme
		Depends: libc6 (>= ${libc#GLIBC_}), libgl1, libegl1, libgles2, libx11-6, libxcursor1, libxi6, libxinerama1, libxrandr2, libxxf86vm1
		Recommends: xdg-utils
		Description: tells whose fault it is that a web page does not open
		 A page says "502 Bad Gateway", or does not open at all. Is It Me? tells within
		 seconds whether it is the site or your side, why, and what to do now: in a
		 window, or in a terminal with "isitme check URL".
	CONTROL
	dpkg-deb --root-owner-group -Zxz --build "$deb" "$out/isitme_${version}_$(dpkg --print-architecture).deb" >/dev/null
fi

CGO_ENABLED=0 go run ./packaging/sbom "$tree/bin/isitme" >"$out/$name.cdx.json"
ls -l "$out"/isitme* | awk '{ printf "%6.2f MB (%d bytes)  %s\n", $5 / 1000000, $5, $NF }'
packaging/checksums.sh "$out"
