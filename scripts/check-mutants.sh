#!/usr/bin/env bash
# Compares `webkit check` with `terraform validate` on mutants of the golden trees; Tests/EndToEnd/mutants/mutants.py
# says more. `scripts/check-mutants.sh --count 5200` takes about a quarter of an hour, the default two minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build --product webkit >&2
exec python3 Tests/EndToEnd/mutants/mutants.py "$@"
