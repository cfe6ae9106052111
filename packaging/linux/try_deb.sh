#!/bin/sh
# Installs the .deb into a bare Debian root, runs it there, removes it, and looks what it left. Runs as root.
#
#   packaging/linux/try_deb.sh dist/paluku_0.1.0_amd64.deb /var/tmp/bare
#
# The root is made with debootstrap --variant=minbase if it is not there.
set -eu
deb=$(cd "$(dirname "$1")" && pwd)/${1##*/}
bare=$2
[ -x "$bare/bin/sh" ] || debootstrap --variant=minbase bookworm "$bare"
inside() { chroot "$bare" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive "$@"; }
own() { (cd "$bare" && find ./opt/paluku ./usr/bin/paluku ./usr/share/applications/paluku.desktop ./usr/share/doc/paluku \
    ./usr/share/metainfo/org.paluku.Paluku.metainfo.xml -print 2>/dev/null || true); }

mountpoint -q "$bare/proc" || mount -t proc proc "$bare/proc"
mkdir -p "$bare/tmp"
cp "$deb" "$bare/tmp/paluku.deb"
inside apt-get update -qq || echo "the package lists are as old as before" >&2
inside apt-get install -y -qq --no-install-recommends /tmp/paluku.deb >"$bare/tmp/install.log" 2>&1 ||
    { tail -20 "$bare/tmp/install.log" >&2; exit 1; }
inside apt-get install -y -qq --no-install-recommends xvfb xauth >>"$bare/tmp/install.log" 2>&1

status=0
inside sh -c 'command -v python3' && echo "note: this root has a Python of its own" >&2
inside paluku --help >/dev/null
inside paluku models --json >/dev/null
inside paluku doctor || true  # there is no sound card in it
inside xvfb-run -a paluku --smoke || status=1

inside apt-get remove -y -qq paluku >>"$bare/tmp/install.log" 2>&1
left=$(own)
if [ -n "$left" ]; then
    echo "left behind:" "$left" >&2
    status=1
fi
[ -d "$bare/root/.local/share/paluku" ] && echo "kept: the user's own data" >&2
rm -f "$bare/tmp/paluku.deb"
exit $status
