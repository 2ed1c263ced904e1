#!/usr/bin/env bash
# Refuses a tag that is not the version of Cargo.toml, or a version that the changelog still calls unreleased: release/tag.sh v0.1.0
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)
[ "${1:?give the tag}" = "v$version" ] || { echo "the tag is $1, and Cargo.toml says $version: tag v$version" >&2; exit 1; }
grep -qx "## $version" CHANGELOG.md || { echo "CHANGELOG.md has no section '## $version': name it so" >&2; exit 1; }
