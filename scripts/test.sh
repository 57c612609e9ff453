#!/usr/bin/env bash
# Passes all tests: format, units and goldens, and every golden tree through the real Terraform.
# Sets up what it needs. Ends with a line `N passed, N failed`, and fails with any of them.
set -uo pipefail
[ $# -eq 0 ] || { echo "usage: $0" >&2; exit 64; }
cd "$(dirname "$0")/.." || exit 1

if [ -n "${UPDATE_GOLDEN:-}" ]; then
  echo "UPDATE_GOLDEN is set: goldens are updated by scripts/update-golden.sh, never by a test run." >&2
  exit 64
fi

passed=0 failed=0 skipped=0
count() { passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + ${3:-0})); }
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

echo "== Format"
if swift format lint --strict --parallel --recursive Package.swift Sources Tests ProviderSpecs; then
  count 1 0
else
  count 0 1
fi

echo "== Units and goldens"
# A test's arguments may have several lines: what follows the line of one that began or passed is its rest.
swift test --parallel 2>&1 | tee "$logs/units" | awk '
  /^\[[0-9]+\// { next }
  /^(◇|✔)/ { hidden = 1; next }
  /^(✘|↳|Build|error|warning)/ || /: (error|warning|note): / { hidden = 0 }
  !hidden'
if [ "${PIPESTATUS[0]}" -ne 0 ]; then units_failed=1; else units_failed=0; fi
total=$(sed -nE 's/.*Test run with ([0-9]+) tests?.*/\1/p' "$logs/units" | awk '{ sum += $1 } END { print sum + 0 }')
bad=$(grep -E '^✘ Test .* failed after' "$logs/units" | grep -cvE '^✘ Test (run with|case) ')
if [ "$units_failed" -eq 1 ] && [ "$bad" -eq 0 ]; then bad=1; fi
if [ "$bad" -gt "$total" ]; then total=$bad; fi
count $((total - bad)) "$bad"
if [ "$total" -eq 0 ]; then
  echo "no unit test was run" >&2
  count 0 1
fi

echo "== Terraform"
swift build --product webkit --quiet || count 0 1
if scripts/setup-test-tools.sh; then
  python3 Tests/EndToEnd/run.py --jobs 2 2>&1 | tee "$logs/terraform" | grep -vE '^ok '
  line=$(grep -oE '^[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?' "$logs/terraform" | tail -1)
  if [ -n "$line" ]; then
    # shellcheck disable=SC2046
    count $(echo "$line" | grep -oE '[0-9]+')
  else
    echo "the Terraform tests ended before their last line" >&2
    count 0 1
  fi
else
  echo "the tools of the Terraform tests couldn't be set up" >&2
  count 0 1
fi

if [ "$skipped" -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
