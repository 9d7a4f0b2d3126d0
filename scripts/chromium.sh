#!/bin/sh
# The browser journeys drive Debian's own Chromium, so that nothing is downloaded behind your back.
set -eu
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium from Debian's packages ..."
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
else
    echo "The browser journeys need Chromium. On Debian: sudo apt-get install chromium" >&2
    echo "Elsewhere: install Chromium or Chrome and set CHROMIUM to the path of its program." >&2
    exit 1
fi
