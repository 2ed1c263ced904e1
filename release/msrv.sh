#!/usr/bin/env bash
# Compiles the crate by the oldest Rust that Cargo.toml promises. Where that toolchain is not there and cannot be fetched, this
# is said and passed over, but not on a hosted runner.
set -euo pipefail
cd "$(dirname "$0")/.."

rust=$(sed -n 's/^rust-version = "\([0-9.]*\)".*/\1/p' Cargo.toml)
: "${rust:?Cargo.toml states no rust-version}"
if ! rustup run "$rust" rustc --version && ! rustup toolchain install "$rust" --profile minimal --no-self-update; then
  echo "msrv: SKIPPED: Rust $rust is not installed and could not be fetched (rustup toolchain install $rust)" >&2
  [ "${GITHUB_ACTIONS:-}" != true ] || exit 1
  exit 0
fi
export CARGO_TARGET_DIR=target/msrv
for features in "" cli python; do
  cargo "+$rust" check --locked --features "$features"
done
echo "msrv: compiles with Rust $rust"
