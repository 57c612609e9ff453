#!/usr/bin/env bash
# Measures the static release build: start-up, `update` on a real project and on large ones, validation, peak
# memory, and the ratio to `terraform fmt` on the tree just written. RUNS sets how often (5).
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -eq 0 ] || { echo "usage: $0" >&2; exit 64; }
swift build -c release --product webkit --static-swift-stdlib >&2
exec python3 scripts/bench.py --runs "${RUNS:-5}" "$(swift build -c release --static-swift-stdlib --show-bin-path)/webkit"
