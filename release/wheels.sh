#!/usr/bin/env bash
# Builds a wheel for each target given, or for every Linux one, into dist/. zig (from PyPI) links them, so that one machine makes
# them all, against a C library as old as the tag says.
#
#     release/wheels.sh                                # all of TARGETS
#     release/wheels.sh aarch64-unknown-linux-musl     # this one
#     release/wheels.sh native                         # for the machine's own system, without zig: macOS, Windows
#     INTERPRETER=python3.14t release/wheels.sh native # for one interpreter: free-threaded builds take no stable-ABI wheel
set -euo pipefail
cd "$(dirname "$0")/.."

TARGETS=(x86_64-unknown-linux-gnu aarch64-unknown-linux-gnu x86_64-unknown-linux-musl aarch64-unknown-linux-musl)
MATURIN=${MATURIN:-maturin}
given=("$@")
[ $# -gt 0 ] || given=("${TARGETS[@]}")

# `maturin develop` laid the pages of docs/ among the sources; in a wheel they come from build.rs.
rm -rf python/copydesk/docs

options=(--release --locked --out dist)
[ -z "${INTERPRETER:-}" ] || options+=(--interpreter "$INTERPRETER")
for target in "${given[@]}"; do
  case $target in
    native) "$MATURIN" build "${options[@]}" ${TARGET:+--target "$TARGET"} --compatibility pypi ;;
    *-linux-gnu | *-linux-musl)
      case $target in *-musl) libc=musllinux_1_2 ;; *) libc=manylinux2014 ;; esac
      rustup target list --installed | grep -qx "$target" || rustup target add "$target"
      "$MATURIN" build "${options[@]}" --zig --target "$target" --compatibility "$libc"
      ;;
    *)
      echo "$0: no target $target: use native, or of ${TARGETS[*]}" >&2
      exit 2
      ;;
  esac
done
