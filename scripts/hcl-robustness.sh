#!/bin/sh
# Reads hostile texts (deep nesting, large files, many errors, random bytes) with a release build
# and shows the time of each, and how it grows when the text doubles. SCALE changes the sizes (1).
#
#   scripts/hcl-robustness.sh [NAME]...
set -eu
cd "$(dirname "$0")/.."
swift build -c release --product HCLBenchmark >&2
exec timeout "${LIMIT:-180}" "$(swift build -c release --show-bin-path)/HCLBenchmark" \
  robustness --scale "${SCALE:-1}" "$@"
