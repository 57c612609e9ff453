#!/bin/sh
# Kills `webkit infra apply` at random moments: webkit itself, the provider's process, and the engine by
# each signal; then looks that nothing is lost, and that what may exist unknown is named.
#
# Usage: scripts/kill-runs.sh [--count N] [--seed S] [--engine VERSION]     (50 of each; half an hour)
set -eu
cd "$(dirname "$0")/.."
swift build --product webkit >&2
exec python3 Tests/EndToEnd/kill_runs.py "$@"
