#!/bin/sh
# Packs dist/paluku into an AppImage. Needs appimagetool on the PATH, which fetches its runtime; not tried yet.
#
#   packaging/linux/make_appimage.sh VERSION
set -eu
version=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
here="$root/packaging/linux"
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

mkdir -p "$room/opt" "$room/usr/share/metainfo"
cp -R "$root/dist/paluku" "$room/opt/paluku"
cp "$here/paluku.desktop" "$room/paluku.desktop"
cp "$here/org.paluku.Paluku.metainfo.xml" "$room/usr/share/metainfo/"
cp "$root/build/icons/paluku.png" "$room/paluku.png"
ln -s opt/paluku/paluku "$room/AppRun"

machine=$(uname -m)
image="$root/dist/paluku-$version-linux-$machine.AppImage"
ARCH=$machine appimagetool --no-appstream "$room" "$image"
(cd "$root/dist" && sha256sum "${image##*/}" >"${image##*/}.sha256")
