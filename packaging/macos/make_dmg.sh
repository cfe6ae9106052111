#!/bin/sh
# Signs dist/Paluku.app, has it notarised, and packs it into a .dmg. Runs on macOS only; not tried yet.
#
#   packaging/macos/make_dmg.sh VERSION
#
# PALUKU_SIGNER   the identity ("Developer ID Application: ..."); without it the app is signed for this Mac only
# PALUKU_NOTARY   a keychain profile made by `xcrun notarytool store-credentials`; without it nothing is notarised
set -eu
version=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
app="$root/dist/Paluku.app"
image="$root/dist/paluku-$version-macos-$(uname -m).dmg"
signer=${PALUKU_SIGNER:--}
hardened="--options runtime --timestamp"
[ "$signer" != "-" ] || hardened=""

# the inner libraries first: the outer seal covers them
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 |
    xargs -0 -n 20 codesign --force $hardened --sign "$signer"
codesign --force $hardened --entitlements "$root/packaging/macos/entitlements.plist" --sign "$signer" "$app"
codesign --verify --deep --strict "$app"

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cp -R "$app" "$room/"
ln -s /Applications "$room/Applications"
hdiutil create -volname "Paluku $version" -srcfolder "$room" -format ULFO -ov "$image"
if [ -n "${PALUKU_NOTARY:-}" ]; then
    codesign --force --sign "$signer" "$image"
    xcrun notarytool submit "$image" --keychain-profile "$PALUKU_NOTARY" --wait
    xcrun stapler staple "$image"
fi
shasum -a 256 "$image" | sed "s|$root/dist/||" >"$image.sha256"
