#!/usr/bin/env bash
# Records what is generated now: scripts/update-golden.sh [projects|leaves|diagnostics|addresses|frozen-defaults|schema|specs|docs|drafts|help|check|cost|graph|probes]...
#
# Everything without an argument. The recording run fails with whatever it rewrites; a second one has to pass.
# Look at what changed before you commit it.
set -euo pipefail
cd "$(dirname "$0")/.."

filters=()
for suite in "${@:-all}"; do
  case "$suite" in
    all) filters+=(--filter 'ProjectTests|DiagnosticTests|AddressTests|FrozenDefaultTests|HelpTests|SchemaTests|CaseTests|SpecCaseTests|SpecToolsTests|ProbeTests') ;;
    projects | leaves) filters+=(--filter ProjectTests) ;;
    diagnostics) filters+=(--filter DiagnosticTests) ;;
    addresses) filters+=(--filter AddressTests) ;;
    frozen-defaults) filters+=(--filter FrozenDefaultTests) ;;
    schema) filters+=(--filter SchemaTests) ;;
    specs) filters+=(--filter SpecCaseTests) ;;
    docs) filters+=(--filter DocumentationTests) ;;
    drafts) filters+=(--filter Drafted) ;;
    help) filters+=(--filter HelpTests) ;;
    graph) filters+=(--filter GraphCaseTests) ;;
    probes) filters+=(--filter ProbeTests) ;;
    cost) filters+=(--filter CostCaseTests) ;;
    check) filters+=(--filter CheckingTests.CaseTests) ;;
    *)
      sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
      exit 64
      ;;
  esac
done

swift build --build-tests
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# This run fails on purpose with all that it rewrites.
UPDATE_GOLDEN=1 swift test --skip-build "${filters[@]}" >"$log" 2>&1 || true
grep -hoE '(golden|ProviderSpecs)/[^ ]+ was (rewritten|written)' "$log" | sort -u || true

status=0
swift test --skip-build "${filters[@]}" >"$log" 2>&1 || status=$?
if [ "$status" -ne 0 ]; then
  grep -vE '^(◇|✔|\[[0-9])' "$log" >&2
  echo "The goldens were recorded, and something else fails." >&2
fi
git add --intent-to-add -- golden ProviderSpecs
git --no-pager diff --stat -- golden ProviderSpecs
exit "$status"
