#!/bin/sh
# Compares the HCL parser and layout with `terraform fmt` on all files below some folders.
#
#   scripts/hcl-differential.sh DIR...
#
# Shows how many files come out alike, and the first that don't. Needs terraform on PATH.
set -eu
usage() { echo "usage: $0 DIR..." >&2; exit 64; }
[ $# -gt 0 ] || usage
for folder in "$@"; do [ -d "$folder" ] || usage; done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/before" "$work/after"
number=0
for folder in "$@"; do
  number=$((number + 1))
  mkdir "$work/before/$number"
  (cd -- "$folder" && find . -type f \( -name '*.tf' -o -name '*.tfvars' \) -print0 |
    tar --null -cf - -T -) | tar -xf - -C "$work/before/$number"
done
cp -R "$work/before/." "$work/after"
# Each file that terraform rejects is named in its messages; it is left as it is.
(cd "$work/after" && terraform fmt -no-color -recursive -list=false . 2>&1 || true) |
  sed -n 's/^  on \(.*\) line [0-9]*[:,].*/\1/p' | sort -u > "$work/rejected"
cd "$(dirname "$0")/.."
status=0
HCL_DIFFERENTIAL=$work swift test --filter 'Differential' >"$work/log" 2>&1 || status=$?
grep -v -e '^\[' -e '^Build' "$work/log"
exit "$status"
