#!/usr/bin/env bash
# Formats every .tf and .tfvars file below some folders with `webkit fmt` and `terraform fmt`, and
# compares bytes and verdicts. Nothing is written in the folders.
#
#   scripts/fmt-differential.sh [--limit N] DIR...
#
# What differs is named with its first differing line; exit 1 if anything does. Counted apart are
# the exceptions: labels with `$` or `%` and `true`, `false`, `null` as an index, which terraform
# deletes, and bytes in names that are no UTF-8, some of which it takes for letters. WEBKIT and
# TERRAFORM name other programs than the release build and the `terraform` on PATH.
set -euo pipefail
exec python3 "$(dirname "$0")/fmt-differential.py" "$@"
