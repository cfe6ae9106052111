#!/bin/sh
# Sets everything up that the tests need, then runs all of them but the slow group, which takes an hour:
# ./test.sh -m slow. Other arguments go to pytest as well: ./test.sh -k ring
set -eu
. "$(dirname "$0")/packaging/bootstrap.sh"

if ! ready test; then
    install_system libportaudio2 libasound2-plugins pulseaudio pulseaudio-utils xvfb xauth xdotool libegl1 libgl1 \
        libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0 libxcb-render-util0 \
        libxcb-shape0 libxcb-xinerama0 libxcb-randr0 libdbus-1-3 libfontconfig1 libglib2.0-0 \
        espeak-ng libespeak-ng1 flite g++ python3-dev binutils
    make_environment dev
    # The public packages that we compare with pin other versions of torch: they go in beside it, bare.
    "$python" -m pip install --quiet --disable-pip-version-check --no-deps \
        --requirement "$root/tests/parity-requirements.txt" || say "The parity tests will say what they lack."
    mark_ready test
fi

cd "$root"
"$python" -m ruff check .
"$python" -m ruff format --check .
"$python" -m mypy
"$environment/bin/lint-imports"
if [ $# -gt 0 ]; then
    exec "$python" -m pytest "$@"
fi
# One thread a test, a test a core; then, alone on the machine, what listens to the clock, and the frozen program.
# A virtual machine may stand still for a moment, which no program can mend: those tests get a second and a third try.
OMP_NUM_THREADS=1 "$python" -m pytest -q -n auto -m "not slow and not sound and not window and not bundle"
exec "$python" -m pytest -q --reruns 2 -m "(sound or window or bundle) and not slow"
