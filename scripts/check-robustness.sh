#!/bin/sh
# Checks large trees (a thousand modules, long chains and circles, huge expressions) with a release
# build and shows the time of each, and how it grows when the tree doubles. SCALE changes the sizes
# (1).
#
#   scripts/check-robustness.sh [NAME]...
set -eu
cd "$(dirname "$0")/.."
swift build -c release --product CheckBenchmark >&2
exec timeout "${LIMIT:-180}" "$(swift build -c release --show-bin-path)/CheckBenchmark" \
  robustness "${SCALE:-1}" "$@"
