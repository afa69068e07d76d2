#!/usr/bin/env bash
# The tests of the heap under AddressSanitizer, on the nightly toolchain: what Miri would say, for code that maps memory.
set -eu
cd "$(dirname "$0")/.."
host="$(rustc +nightly -vV | sed -n 's/^host: //p')"
export RUSTFLAGS="-Zsanitizer=address ${RUSTFLAGS:-}"
# Forks and the reserved range are many; the allocator of the sanitizer must not refuse them.
export ASAN_OPTIONS="detect_leaks=0:${ASAN_OPTIONS:-}"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}/asan"
cargo +nightly test --profile ci --target "$host" -p batos-image --lib -- --quiet "$@"
