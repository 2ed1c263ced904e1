#!/usr/bin/env bash
# Installs each wheel for Linux that is given and tries it (release/smoke.py), also one for another processor (qemu-user) or
# another C library (a Python for musl), as far as this machine has what that takes. A wheel that was not tried is named, and on a
# hosted runner that is an error.
#
#     release/try.sh dist/*.whl
#
# For aarch64: apt-get install qemu-user-static mmdebstrap. For musl: docker with its image python:alpine, or a Python 3.11 for musl,
# whose command MUSL_PYTHON is.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
left=()

# A root of Debian for aarch64 with Python; packages are unpacked, nothing is run.
debian_arm64() {
  local root=target/roots/arm64
  if [ ! -d "$root" ]; then
    mkdir -p target/roots
    rm -rf "$root.part"
    mmdebstrap --quiet --arch=arm64 --variant=extract --include=python3-minimal,libpython3-stdlib bookworm "$root.part" \
      http://deb.debian.org/debian && mv "$root.part" "$root"
  fi
}

for wheel in "$@"; do
  processor=$(sed 's/.*_\(x86_64\|aarch64\)\.whl$/\1/' <<<"$wheel")
  emulator=()
  if [ "$processor" != "$(uname -m)" ]; then
    command -v "qemu-$processor-static" >/dev/null || { left+=("$wheel: no qemu-$processor-static"); continue; }
    emulator=("qemu-$processor-static")
  fi
  case $wheel in
    *musllinux*)
      if [ ${#emulator[@]} = 0 ] && [ -n "${MUSL_PYTHON:-}" ]; then
        "$python" release/smoke.py "$wheel" --version 3.11 --python "$MUSL_PYTHON"
      elif [ ${#emulator[@]} = 0 ] && docker image inspect python:alpine >/dev/null 2>&1; then
        docker run --rm --volume "$PWD:/checkout" --workdir /checkout python:alpine python release/smoke.py "$wheel"
      else
        left+=("$wheel: no Python for musl")
      fi
      ;;
    *aarch64*)
      [ ${#emulator[@]} = 0 ] && { "$python" release/smoke.py "$wheel"; continue; }
      debian_arm64 || { left+=("$wheel: no root of Debian for aarch64"); continue; }
      root=$PWD/target/roots/arm64
      "$python" release/smoke.py "$wheel" --version 3.11 --python "${emulator[*]} -L $root $root/usr/bin/python3.11"
      ;;
    *) "$python" release/smoke.py "$wheel" ;;
  esac
done
if [ ${#left[@]} -gt 0 ]; then
  printf 'NOT TRIED: %s\n' "${left[@]}" >&2
  [ "${GITHUB_ACTIONS:-}" != true ] || exit 1
fi
