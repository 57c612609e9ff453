#!/bin/sh
# Waits until an app answers on its health check path, and fails when it doesn't.
#
# Usage: app-check APP SECONDS
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
if [ $# -ne 2 ]; then
  echo "usage: app-check APP SECONDS" >&2
  exit 64
fi

read -r port path <"/etc/app-checks/$1"
until=$(($(date +%s) + $2))
until curl --silent --show-error --fail --output /dev/null --max-time 5 --noproxy '*' \
  "http://127.0.0.1:$port$path"; do
  if [ "$(date +%s)" -ge "$until" ]; then
    echo "app $1 doesn't answer on port $port" >&2
    exit 1
  fi
  sleep 2
done
