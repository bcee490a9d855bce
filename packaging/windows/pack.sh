#!/bin/sh
# Makes what people download for Windows from the programs that build.sh left in build/windows/ARCH: the portable
# program, its twin for the terminal, the installer, and what each program is built from (CycloneDX). Debian's NSIS is needed, which makes 64-bit installers.
# Usage: packaging/windows/pack.sh VERSION FOLDER amd64|arm64
# sign.sh says which variables give a certificate.
set -eu
cd "$(dirname "$0")/../.."
version=${1:?usage: pack.sh VERSION FOLDER ARCH} out=${2:?usage: pack.sh VERSION FOLDER ARCH} arch=${3:?usage: pack.sh VERSION FOLDER ARCH}
# 35 MB, counted the strict way: Windows' own megabytes are 5 % larger.
limit=35000000

work=build/windows/$arch
packaging/windows/sign.sh "$work/IsItMe.exe" "$work/isitme-cli.exe"
CGO_ENABLED=0 go run ./packaging/icons "$work"
mkdir -p "$out"
portable=$out/IsItMe-$version-windows-$arch-portable.exe
terminal=$out/IsItMe-cli-$version-windows-$arch.exe
setup=$out/IsItMe-$version-windows-$arch-setup.exe
cp "$work/IsItMe.exe" "$portable"
cp "$work/isitme-cli.exe" "$terminal"
# The installer itself is for amd64, which Windows on arm64 runs too.
makensis -V2 -NOCD -DVERSION="$version" -DFOLDER="$work" -DSETUP="$setup" packaging/windows/installer.nsi
packaging/windows/sign.sh "$setup"

for file in "$portable" "$terminal" "$setup"; do
	size=$(wc -c <"$file")
	awk -v n="$size" -v f="$file" 'BEGIN { printf "%6.2f MB (%d bytes)  %s\n", n / 1000000, n, f }'
	if [ "$size" -ge "$limit" ]; then
		echo "$file is not smaller than 35 MB (35000000 bytes)." >&2
		exit 1
	fi
done
for program in "$portable" "$terminal"; do
	CGO_ENABLED=0 go run ./packaging/sbom "$program" >"${program%.exe}.cdx.json"
done
packaging/checksums.sh "$out"
