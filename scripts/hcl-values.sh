#!/bin/sh
# Checks with `terraform console` that strings written by the printer mean what they should, as
# quoted strings and as heredocs. Needs terraform on PATH.
set -eu
[ $# -eq 0 ] || { echo "usage: $0" >&2; exit 64; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$(dirname "$0")/.."
HCL_VALUES=$work swift test --filter 'Values' 2>&1 | grep -v -e '^\[' -e '^Build'
cd "$work"
terraform fmt -check -diff main.tf || { echo "terraform fmt would change what was printed"; exit 1; }
echo '[for k, v in local.rows : k if length(toset(v)) > 1]' | terraform console |
  tee result
grep -qx -e '\[\]' -e 'tolist(\[\])' result && echo "all strings are read alike"
