#!/bin/sh
# Runs `webkit update` where the disk refuses, and checks that it says so and that all stays whole:
# in a file system of 96 KB that fills up, and in one that can only be read.
#
# Usage: scripts/disk-test.sh
#
# WEBKIT names the program; without it the debug build is made and used. Needs `unshare` with the
# right to mount in a namespace of its own; without it nothing is tested, and that is said.
set -eu
cd "$(dirname "$0")/.."
[ $# -eq 0 ] || { echo "usage: $0" >&2; exit 64; }

if ! unshare -rm true 2>/dev/null; then
    echo "skipped: no namespace for mounts" >&2
    exit 0
fi
if [ -z "${WEBKIT:-}" ]; then
    swift build --product webkit >&2
    WEBKIT="$(swift build --show-bin-path)/webkit"
fi
WEBKIT="$WEBKIT" exec unshare -rm sh -eu -c '
    manifest="$PWD/golden/projects/all-leaves/input/app.json"
    place=$(mktemp -d)
    trap "umount \"$place\" 2>/dev/null || true; rmdir \"$place\"" EXIT
    fail() { echo "FAILED: $1" >&2; cat "$place.log" >&2; exit 1; }
    names() { (cd "$place" && find . | sort); }
    refuse() {
        if "$WEBKIT" update -C "$place" >/dev/null 2>"$place.log"; then fail "$1: no error"; fi
        grep -q "$2" "$place.log" || fail "$1: the reason is missing"
        grep -q "help: $3" "$place.log" || fail "$1: the help is missing"
    }

    for size in 32 64 96 128 160 192 224; do
        mount -t tmpfs -o size=${size}k tmpfs "$place"
        cp "$manifest" "$place/app.json"
        refuse "full at $size KB" "No space left on device" "Make room on the disk"
        grep -q "Nothing was written." "$place.log" || fail "full at $size KB: not said"
        [ "$(names | grep -v -e "^./.webkit$" -e "^./.webkit/cache")" = "$(printf ".\n./app.json")" ] ||
            { names >&2; fail "full at $size KB: something is left"; }
        umount "$place"
    done

    mount -t tmpfs -o size=4m tmpfs "$place"
    cp "$manifest" "$place/app.json"
    mount -o remount,ro "$place"
    refuse "read-only" "Read-only file system" "See to it that you may write"
    mount -o remount,rw "$place"
    "$WEBKIT" update -C "$place" >/dev/null 2>&1 || fail "no update in a whole disk"
    "$WEBKIT" update --check -C "$place" >/dev/null 2>&1 || fail "not up to date afterwards"
    rm -f "$place.log"
    echo "a full disk and a read-only one are refused, and leave nothing"
'
