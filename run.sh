#!/bin/sh
# Sets Paluku up in .venv the first time, then opens it. Arguments go to the program: ./run.sh talk --help
set -eu
. "$(dirname "$0")/packaging/bootstrap.sh"

if ! ready run; then
    install_system libportaudio2 libasound2-plugins libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 \
        libxcb-keysyms1 libxcb-image0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-randr0 libdbus-1-3 \
        libfontconfig1 libglib2.0-0
    make_environment ""
    mark_ready run
fi
exec "$environment/bin/paluku" "$@"
