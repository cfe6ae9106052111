# Shared by run.sh and test.sh (sourced, not run): Python, system libraries and the environment in .venv.
# Needs nothing but a POSIX shell: no make, no git, no venv package.

root=$(cd "$(dirname "$0")" && pwd)
environment="$root/.venv"
python="$environment/bin/python"
constraints="$root/packaging/constraints.txt"

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "$1"
    [ -z "${2:-}" ] || say "$2"
    exit 1
}

# install_system PACKAGE...: Debian packages that are missing; a clear sentence where we may not install them.
install_system() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    missing=""
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" = 0 ]; then
        become=""
    elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        become=sudo
    else
        stop "Paluku needs these system packages:$missing" \
            "Install them with: sudo apt-get install$missing   (then run this again)"
    fi
    say "Installing system packages:$missing"
    $become apt-get update -qq >/dev/null || say "The package lists could not be refreshed; going on with the old ones."
    # shellcheck disable=SC2086  # a list of words on purpose
    DEBIAN_FRONTEND=noninteractive $become apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
        stop "The system packages could not be installed:$missing" "Try: sudo apt-get install$missing"
}

find_python() {
    for candidate in "${PALUKU_PYTHON:-}" python3 python3.13 python3.12 python3.11; do
        [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
            { command -v "$candidate"; return 0; }
    done
    return 1
}

# make_environment EXTRAS: a virtual environment with Paluku and its extras, at the pinned versions.
make_environment() {
    base=$(find_python) || { install_system python3 python3-venv; base=$(find_python); } ||
        stop "Paluku needs Python 3.11 or newer." "Install it from python.org or with your system's package manager."
    if [ ! -x "$python" ]; then
        say "Making the environment in .venv (only the first time)"
        if ! "$base" -m venv "$environment" >/dev/null 2>&1; then
            rm -rf "$environment"
            install_system python3-venv
            "$base" -m venv "$environment" || stop "Python could not make a virtual environment in $environment."
        fi
    fi
    say "Installing Paluku's libraries (only the first time)"
    "$python" -m pip install --quiet --disable-pip-version-check --constraint "$constraints" \
        --editable "$root${1:+[$1]}" || stop "The libraries could not be installed." "What pip said stands above; it needs a network connection."
}

# stamp: what the environment was made from; when this changes, it is brought up to date.
stamp() { cat "$root/pyproject.toml" "$constraints" "$root/tests/parity-requirements.txt" 2>/dev/null | cksum; }

# ready NAME: whether the environment was made for NAME, and is current.
ready() { [ "$(cat "$environment/.paluku-$1" 2>/dev/null)" = "$(stamp)" ]; }

mark_ready() { stamp >"$environment/.paluku-$1"; }
