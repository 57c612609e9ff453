#!/bin/sh
# Shows how many megabytes a second HCL lexes, parses, formats and prints on one thread: the best
# CPU time of some rounds, on the golden trees as texts of 2 kB and more, repeated to 4 MB.
#
#   scripts/hcl-throughput.sh [FOLDER | FILE]...
set -eu
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- golden/projects
swift build -c release --product HCLBenchmark >&2
exec "$(swift build -c release --show-bin-path)/HCLBenchmark" \
  throughput --rounds "${RUNS:-15}" --join 2000 --grow 4000000 "$@"
