#!/usr/bin/env bash
# Licences, duplicates and sources of the dependencies, and advisories on them (deny.toml). OFFLINE=1 leaves the advisories out,
# whose database must be fetched. Without cargo-deny this is said and passed over, but not on a hosted runner.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! cargo deny --version; then
  echo "deny: SKIPPED: cargo-deny is not installed (cargo install cargo-deny --locked)" >&2
  [ "${GITHUB_ACTIONS:-}" != true ] || exit 1
  exit 0
fi
if [ "${OFFLINE:-}" = 1 ]; then
  cargo deny --locked --offline check licenses bans sources
else
  cargo deny --locked check
fi
