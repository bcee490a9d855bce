#!/bin/sh
# Makes what people download for macOS: "Is It Me?.app" in a .zip, for the architecture of this Mac, and what it is built
# from (CycloneDX).
# Usage: packaging/macos/package.sh VERSION [FOLDER]
# The environment may give what makes Gatekeeper content:
#   SIGN_IDENTITY    a "Developer ID Application" identity in the key chain; without one the signature is ad hoc
#   NOTARY_PROFILE   a profile stored by `xcrun notarytool store-credentials`; without one nothing is sent to Apple
#   NOTARY_KEYCHAIN  the key chain it is stored in, if that is not the user's own
set -eu
cd "$(dirname "$0")/../.."
version=${1:?usage: package.sh VERSION [FOLDER]} out=${2:-dist}
if [ "$(uname -s)" != Darwin ]; then
	echo "The .app is made on a Mac, where its compiler and its signature are; the release workflow does." >&2
	exit 1
fi
arch=$(go env GOARCH)
work=build/macos
app="$work/Is It Me?.app"
name=$out/IsItMe-$version-macos-$arch.zip
# The oldest macOS that the Go toolchain supports; Info.plist says the same.
export MACOSX_DEPLOYMENT_TARGET=12.0

rm -rf "$work"
mkdir -p "$out" "$app/Contents/MacOS" "$app/Contents/Resources" "$work/mark.iconset"
CGO_ENABLED=1 go build -trimpath -buildvcs=false -tags no_emoji -ldflags "-s -w -buildid= -X main.version=$version" \
	-o "$app/Contents/MacOS/isitme" .
sed "s/@VERSION@/$version/" packaging/macos/Info.plist.in >"$app/Contents/Info.plist"
plutil -lint "$app/Contents/Info.plist"
CGO_ENABLED=0 go run ./packaging/icons "$work/icons"
for size in 16 32 128 256 512; do
	cp "$work/icons/$size.png" "$work/mark.iconset/icon_${size}x$size.png"
	cp "$work/icons/$((size * 2)).png" "$work/mark.iconset/icon_${size}x$size@2x.png"
done
iconutil --convert icns --output "$app/Contents/Resources/mark.icns" "$work/mark.iconset"
cp LICENSE "$app/Contents/Resources/"

if [ -n "${SIGN_IDENTITY-}" ]; then
	codesign --force --options runtime --timestamp --sign "$SIGN_IDENTITY" "$app"
else
	echo "Signed ad hoc, for want of an identity (SIGN_IDENTITY): macOS will warn people who open it." >&2
	codesign --force --sign - "$app"
fi
codesign --verify --strict --verbose "$app"
ditto -c -k --keepParent "$app" "$name"
if [ -n "${NOTARY_PROFILE-}" ]; then
	xcrun notarytool submit "$name" --keychain-profile "$NOTARY_PROFILE" ${NOTARY_KEYCHAIN:+--keychain "$NOTARY_KEYCHAIN"} \
		--wait --timeout 30m
	xcrun stapler staple "$app"
	rm "$name"
	ditto -c -k --keepParent "$app" "$name"
else
	echo "Not notarised, for want of a profile (NOTARY_PROFILE)." >&2
fi
"$app/Contents/MacOS/isitme" version
ls -l "$name" | awk '{ printf "%6.2f MB (%d bytes)  %s\n", $5 / 1000000, $5, $NF }'
CGO_ENABLED=0 go run ./packaging/sbom "$app/Contents/MacOS/isitme" >"${name%.zip}.cdx.json"
packaging/checksums.sh "$out"
