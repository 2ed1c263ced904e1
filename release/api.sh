#!/usr/bin/env bash
# Whether what is public in Rust is what release/public-api.txt lists (cargo-public-api, which needs a nightly Rust), and whether it breaks
# no user since the last release (cargo-semver-checks). UPDATE_API=1 writes the list anew: look at the difference. Without the
# tools this is said and passed over, but not on a hosted runner.
set -euo pipefail
cd "$(dirname "$0")/.."

skip() {
  echo "api: SKIPPED: $1" >&2
  [ "${GITHUB_ACTIONS:-}" != true ] || exit 1
  exit 0
}

list=release/public-api.txt
rustup run nightly rustc --version >/dev/null 2>&1 || skip "no nightly Rust (rustup toolchain install nightly --profile minimal)"
cargo public-api --version >/dev/null 2>&1 || skip "cargo-public-api is not installed (cargo install cargo-public-api --locked)"
found=$(mktemp)
trap 'rm -f "$found"' EXIT
CARGO_TARGET_DIR=target/api cargo +nightly public-api -sss >"$found"
if [ "${UPDATE_API:-}" = 1 ]; then
  cp "$found" "$list"
elif ! diff -u "$list" "$found"; then
  echo "api: what is public has changed: if that is meant, UPDATE_API=1 $0, and say so in CHANGELOG.md" >&2
  exit 1
fi
last=$(git describe --tags --match 'v*' --abbrev=0 2>/dev/null || true)
if [ -z "$last" ]; then
  echo "api: as listed; nothing is released yet to compare it with"
  exit 0
fi
cargo semver-checks --version >/dev/null 2>&1 || skip "cargo-semver-checks is not installed (cargo install cargo-semver-checks --locked)"
cargo semver-checks --baseline-rev "$last"
