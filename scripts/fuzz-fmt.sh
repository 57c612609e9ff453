#!/usr/bin/env bash
# Compares `webkit fmt` with `terraform fmt` on random texts, valid and nearly valid, and makes
# what differs as small as it gets.
#
#   scripts/fuzz-fmt.sh [--seconds 120] [--seed 1] [--count N] [--keep DIR] [--minimise 6]
#   scripts/fuzz-fmt.sh --public [...]        files as people write them instead
#   scripts/fuzz-fmt.sh --record golden/fmt/random.json --seed 900000
#   scripts/fuzz-fmt.sh --record golden/fmt/public.json --public --seed 0 --count 240
#                                             what the tests compare with
#
# Equal seeds give equal texts. Exit 1 if anything differs. WEBKIT and TERRAFORM name other
# programs than the release build and the `terraform` on PATH.
set -euo pipefail
exec python3 "$(dirname "$0")/fuzz-fmt.py" "$@"
