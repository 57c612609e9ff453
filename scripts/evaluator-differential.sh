#!/bin/sh
# Compares our evaluator with `terraform console` on the expressions of a file, one a line.
#
#   scripts/evaluator-differential.sh [FILE]
#
# Without a file it takes those of scripts/evaluator-expressions.txt. Shows what
# differs. Needs terraform on PATH.
set -eu
cd "$(dirname "$0")/.."
file=${1:-scripts/evaluator-expressions.txt}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
grep -v -e '^#' -e '^$' "$file" > "$work/expressions"
# JSON shows types and characters alike on both sides; what fails comes out as an empty line.
while IFS= read -r expression; do
  (cd "$work" && printf 'jsonencode(%s)\n' "$expression" |
    terraform console -no-color 2>/dev/null | tr -d '\n') || true
  echo
done < "$work/expressions" > "$work/answers"
EVALUATOR_DIFFERENTIAL=$work swift test --filter 'EvaluatorDifferential' 2>&1 |
  grep -v -e '^\[' -e '^Build'
