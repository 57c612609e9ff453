#!/usr/bin/env bash
# Measures what `webkit infra exec`, `plan` and `apply` add to what the engine takes by itself, in one run,
# with a release build and stand-in providers. RUNS sets how often (9).
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -eq 0 ] || { echo "usage: $0" >&2; exit 64; }
scripts/setup-test-tools.sh >&2
swift build -c release --product webkit --static-swift-stdlib >&2
exec .build/test-tools/venv/bin/python scripts/bench-running.py --runs "${RUNS:-9}" \
  "$(swift build -c release --static-swift-stdlib --show-bin-path)/webkit"
