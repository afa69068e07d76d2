#!/usr/bin/env bash
# Formatting of all sources, clippy with warnings as errors on all crates, and the shell scripts. Arguments go to clippy
# (`--no-default-features`). cargo-deny runs where it is installed.
set -eu
cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-$PWD/target}"

echo "lint: formatting"
cargo fmt --all --check
cargo fmt --manifest-path fuzz/Cargo.toml --check

echo "lint: shell scripts"
for script in .ci/run scripts/*.sh; do bash -n "$script"; done
if command -v shellcheck >/dev/null; then
    shellcheck -x .ci/run scripts/*.sh
else
    echo "lint: shellcheck is not installed; the scripts were only parsed"
fi

echo "lint: clippy"
cargo clippy --profile ci --workspace --all-targets "$@" -- -D warnings
# The fuzz targets are a workspace of their own.
cargo clippy --manifest-path fuzz/Cargo.toml --target-dir "$target/fuzz" --all-targets -- -D warnings

echo "lint: sources of the world"
cargo build --quiet --profile ci -p batos "$@"
"$target/ci/batos" fmt --check stdlib/*.self stdlib/*/*.self tests/stdlib/*/*.self tests/benchmarks/*.self

if command -v cargo-deny >/dev/null; then
    echo "lint: licences and sources of dependencies"
    # The list of advisories needs a network; the rest does not.
    cargo deny --log-level error check licenses bans sources
    cargo deny --log-level error check advisories || echo "lint: advisories were not checked, or there are some: see above"
else
    echo "lint: cargo-deny is not installed: licences and advisories are checked by the GitHub workflow"
fi
