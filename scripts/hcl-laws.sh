#!/usr/bin/env bash
# Holds the laws of HCL's printer and formatter against random texts, and makes what breaks one as
# small as it gets: what is printed parses to an equal tree and is laid out already, printing and
# formatting twice change nothing more, formatted text is valid.
#
#   scripts/hcl-laws.sh [--seed 1] [--count 20000] [--minimise 6] [FILE...]
#
# Equal seeds give equal texts; files are held to the laws instead of random texts. Exit 1 if one is
# broken.
set -euo pipefail
exec python3 "$(dirname "$0")/hcl-laws.py" "$@"
