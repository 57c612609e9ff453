#!/bin/sh
# Compares what we say of random expressions with what `terraform validate` says.
#
#   scripts/expressions-differential.sh [--count N] [--seed N] [--shown N]
#
# Makes 2,000 expressions unless told otherwise; the same seed makes the same. Of those that both
# find right and that need no variable it compares types, sensitivity and values as well. Shows
# agreement by function and kind, and what differs; 1 where we refuse what Terraform takes. Needs
# terraform on PATH.
set -eu
usage() { echo "usage: $0 [--count N] [--seed N] [--shown N]" >&2; exit 64; }
count=2000 seed=1 shown=20
while [ $# -gt 1 ]; do
  case $1 in
    --count) count=$2 ;;
    --seed) seed=$2 ;;
    --shown) shown=$2 ;;
    *) usage ;;
  esac
  shift 2
done
[ $# -eq 0 ] || usage
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 scripts/expressions.py make "$work" "$count" "$seed"
python3 scripts/expressions.py judge "$work"
EXPRESSIONS_DIFFERENTIAL=$work swift test --filter ExpressionsDifferential >"$work/log" 2>&1 ||
  { cat "$work/log"; exit 1; }
python3 scripts/expressions.py compare "$work" "$shown"
