#!/bin/sh
# Kills `webkit update` at random moments while it goes back and forth between two manifests, and
# checks after each kill that every file is whole, and after one more run that the tree is exactly
# the one that was asked for and that nothing counts as edited by hand.
#
# Usage: scripts/kill-test.sh [rounds] [seed]     (60 rounds without argument, under a minute)
#
# WEBKIT names the program; without it the debug build is made and used. The first manifest is that
# of golden/projects/mission, the second another region and one app less.
set -eu
cd "$(dirname "$0")/.."
case ${1:-60} in *[!0-9]*) set -- too many arguments ;; esac
[ $# -le 2 ] || { echo "usage: $0 [rounds] [seed]" >&2; exit 64; }

if [ -z "${WEBKIT:-}" ]; then
    swift build --product webkit >&2
    WEBKIT="$(swift build --show-bin-path)/webkit"
fi
export WEBKIT
exec python3 scripts/kill_test.py "${1:-60}" "${2:-}"
