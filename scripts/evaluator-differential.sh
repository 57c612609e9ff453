#!/bin/sh
# Compares our evaluator with `terraform console` on the expressions of a file, one a line.
#
#   scripts/evaluator-differential.sh [FILE]
#
# Without a file it takes those of scripts/evaluator-expressions.txt. Shows what
# differs. Needs terraform on PATH.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
file=${1:-$root/scripts/evaluator-expressions.txt}
[ $# -le 1 ] && [ -f "$file" ] || { echo "usage: $0 [FILE]" >&2; exit 64; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
grep -v -e '^#' -e '^$' -- "$file" > "$work/expressions"
# JSON shows types and characters alike on both sides; what fails comes out as an empty line.
while IFS= read -r expression; do
  (cd "$work" && printf 'jsonencode(%s)\n' "$expression" |
    terraform console -no-color 2>/dev/null | tr -d '\n') || true
  echo
done < "$work/expressions" > "$work/answers"
cd "$root"
status=0
EVALUATOR_DIFFERENTIAL=$work swift test --filter 'EvaluatorDifferential' >"$work/log" 2>&1 || status=$?
grep -v -e '^\[' -e '^Build' "$work/log"
exit "$status"
