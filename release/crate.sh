#!/usr/bin/env bash
# What `cargo publish` would send to crates.io, without sending it. A warning, or a package above the limit of 10 MB, is an error.
set -euo pipefail
cd "$(dirname "$0")/.."

told=$(cargo publish --dry-run --locked "$@" 2>&1) || { echo "$told"; exit 1; }
echo "$told"
# The last one says that nothing was sent.
if grep '^warning' <<<"$told" | grep -v 'aborting upload due to dry run'; then
  echo "crate: warned" >&2
  exit 1
fi
crate=$(find target/package -name 'copydesk-*.crate' | head -n 1)
size=$(wc -c <"$crate")
echo "crate: $size bytes, of at most 10485760"
[ "$size" -le 10485760 ]
