#!/usr/bin/env bash
# Makes a Python for musl under target/roots, by which release/try.sh tries wheels where no image of Alpine is to be had: CPython of
# Debian's source package, compiled by zig, on Debian's musl. Needs apt, and a Python 3.11 to build with; changes nothing of the
# system. A quarter of an hour.
#
#     release/musl.sh x86_64
#     release/musl.sh aarch64
set -euo pipefail
cd "$(dirname "$0")/.."

case ${1:?give the processor: x86_64 or aarch64} in
  x86_64) debian=amd64 ;;
  aarch64) debian=arm64 ;;
  *) echo "$0: x86_64 or aarch64, not $1" >&2; exit 2 ;;
esac
root=$PWD/target/roots/musl-$1
work=$PWD/target/roots/work-$1
zig="${PYTHON:-$PWD/.venv/bin/python} -m ziglang"
mkdir -p "$root/lib" "$work/lists/partial" "$work/cache"
cd "$work"

# Lists of packages of our own, for that processor.
: >status
printf '%s http://deb.debian.org/debian bookworm main\n' deb deb-src >sources.list
options=(-q -o "APT::Architecture=$debian" -o "APT::Architectures=$debian" -o "Dir::Etc::SourceList=$work/sources.list"
  -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$work/lists" -o "Dir::State::status=$work/status"
  -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root)
apt-get "${options[@]}" update
apt-get "${options[@]}" download musl
apt-get "${options[@]}" --download-only source python3.11
dpkg -x musl_*.deb musl
cp "musl/lib/ld-musl-$1.so.1" "$root/lib/"
mkdir -p source && tar xf python3.11_*.orig.tar.* -C source --strip-components 1

for tool in cc ar ranlib; do
  printf '#!/bin/sh\nexec %s %s "$@"\n' "$zig" "$tool$([ $tool != cc ] || echo " -target $1-linux-musl -dynamic")" >$tool
  chmod +x $tool
done
mkdir -p build && cd build
../source/configure -q --host="$1-linux-musl" --build="$(uname -m)-pc-linux-gnu" --with-build-python="$(command -v python3.11)" \
  --prefix="$root" --disable-test-modules --without-ensurepip CC="$work/cc" CXX="$work/cc" AR="$work/ar" RANLIB="$work/ranlib" \
  READELF="$(command -v readelf)" OPT="-O1 -Wno-date-time" ac_cv_file__dev_ptmx=yes ac_cv_file__dev_ptc=no ac_cv_buggy_getaddrinfo=no ac_cv_func_preadv2=no ac_cv_func_pwritev2=no
make -j"$(nproc)" install >install.log
rm -rf "$work"
