#!/usr/bin/env bash
# Random manifests, made of the specs, through the command and Terraform; Tests/EndToEnd/fuzz/fuzz.py says more.
# `scripts/fuzz-manifests.sh --count 500 --engines 1.11.4,1.15.5` takes hours, the default a few minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build --product webkit >&2
exec python3 Tests/EndToEnd/fuzz/fuzz.py "$@"
