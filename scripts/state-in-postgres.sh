#!/bin/sh
# Keeps states in a PostgreSQL server on loopback: scripts/state-in-postgres.sh [more for run.py]
#
# The server is the one whose programs WEBKIT_TEST_POSTGRES names, else the newest that Debian installed.
set -eu
cd "$(dirname "$0")/.."
programs=${WEBKIT_TEST_POSTGRES:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)}
if [ ! -x "$programs/initdb" ]; then
    echo "================================================================================" >&2
    echo "  SKIPPED: there is no PostgreSQL on this machine. Install Debian's \`postgresql\`." >&2
    echo "================================================================================" >&2
    exit 0
fi
swift build --product webkit >&2
WEBKIT_TEST_POSTGRES="$programs" exec python3 Tests/EndToEnd/run.py --suite scenarios test_state_postgres "$@"
