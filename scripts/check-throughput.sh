#!/bin/sh
# Shows how many milliseconds the parts of checking take inside of one process, the best CPU time
# of some rounds and that of the first: `webkit check` on a tree, `webkit infra validate` on a
# project. RUNS sets how often (30).
#
#   scripts/check-throughput.sh [FOLDER [PROJECT]]
set -eu
cd "$(dirname "$0")/.."
swift build -c release --product CheckBenchmark --static-swift-stdlib >&2
run="$(swift build -c release --static-swift-stdlib --show-bin-path)/CheckBenchmark"
"$run" tree "${1:-golden/projects/all-leaves/expected/infra}" "${RUNS:-30}"
"$run" project "${2:-golden/projects/all-leaves/input}" "${RUNS:-30}"
