#!/bin/sh
# Writes the names of the variables of an environment file, one a line.
#
# Usage: app-names FILE OUTPUT
#
# Values may have several lines, for which Docker's own files of variables have no form. So systemd
# reads the file, and Docker takes the value of each name in the list from its environment.
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
if [ $# -ne 2 ]; then
  echo "usage: app-names FILE OUTPUT" >&2
  exit 64
fi

umask 077
awk '
  !inside && match($0, /^[A-Za-z_][A-Za-z0-9_]*=/) {
    name = substr($0, 1, RLENGTH - 1)
    $0 = substr($0, RLENGTH + 1)
    if (name != "WEBKIT_IMAGE") print name
    if (!sub(/^"/, "")) next
    inside = 1
  }
  # What follows a backslash ends no value.
  inside { gsub(/\\./, ""); if (index($0, "\"") > 0) inside = 0 }
' "$1" >"$2"
