#!/bin/sh
# Records anew where terraform finds the first error in each text of golden/hcl-errors/cases.tsv,
# and shows what changed. Needs terraform on PATH.
set -eu
[ $# -eq 0 ] || { echo "usage: $0" >&2; exit 64; }
cd "$(dirname "$0")/.."
python3 scripts/hcl-errors.py golden/hcl-errors/cases.tsv
git diff --stat -- golden/hcl-errors
