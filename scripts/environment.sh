#!/bin/sh
# Make .venv hold exactly what a lock file names. Needs python3 (3.11 or newer) and nothing else.
set -eu
lock=$1
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Wherewithal needs Python 3.11 or newer; python3 here is $(python3 --version 2>&1)." >&2
    exit 1
fi
if ! [ -x .venv/bin/python ]; then
    echo "Making the environment in .venv (once; about half a minute) ..."
    if ! python3 -c 'import ensurepip' 2>/dev/null; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
        else
            echo "Python's venv module is missing. On Debian: sudo apt-get install python3-venv" >&2
            exit 1
        fi
    fi
    python3 -m venv .venv
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9' 2>&1 |
    grep -v 'is ignored: it is neither a file' || true
.venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes --requirement "$lock"
.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --editable .
