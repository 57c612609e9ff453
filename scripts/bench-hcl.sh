#!/usr/bin/env bash
# Measures HCL against terraform in one run, on 4 MB that webkit itself generates: `webkit fmt`
# against `terraform fmt` and `webkit infra validate` against `terraform init` and `validate` with
# stand-in providers, as whole processes; the HCL module alone in MB/s of one thread.
#
#   scripts/bench-hcl.sh [--runs 5] [--size 4]
set -euo pipefail
cd "$(dirname "$0")/.."
swift build -c release --product webkit --static-swift-stdlib >&2
swift build -c release --product HCLBenchmark --static-swift-stdlib >&2
bin=$(swift build -c release --static-swift-stdlib --show-bin-path)
python=.build/test-tools/venv/bin/python
[ -x "$python" ] || python=python3
exec "$python" scripts/bench-hcl.py "$bin/webkit" "$bin/HCLBenchmark" "$@"
