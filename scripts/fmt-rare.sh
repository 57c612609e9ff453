#!/usr/bin/env bash
# Records anew what `terraform fmt` makes of each text of golden/fmt/rare.tsv, and shows what
# changed. Needs terraform on PATH.
set -euo pipefail
[ $# -eq 0 ] || { echo "usage: $0" >&2; exit 64; }
cd "$(dirname "$0")/.."
python3 scripts/fmt-rare.py golden/fmt/rare.tsv
git diff --stat -- golden/fmt
