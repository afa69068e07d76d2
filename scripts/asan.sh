#!/usr/bin/env bash
# The tests of the heap and of the memory under the store, with AddressSanitizer on the nightly toolchain: what Miri would say,
# for code that maps memory. The heap's tests run twice: on mappings, as always, and on one plain allocation (`plain`),
# whose ends the sanitizer guards. The rest of the store has no unsafe code.
#
# Environment: HEAP_SEEDS (4) and HEAP_MUTATIONS (60), as for the tests themselves.
set -eu
cd "$(dirname "$0")/.."
host="$(rustc +nightly -vV | sed -n 's/^host: //p')"
export RUSTFLAGS="-Zsanitizer=address ${RUSTFLAGS:-}"
# Forks and the reserved range are many; the allocator of the sanitizer must not refuse them.
export ASAN_OPTIONS="detect_leaks=0:${ASAN_OPTIONS:-}"
export HEAP_SEEDS="${HEAP_SEEDS:-4}" HEAP_MUTATIONS="${HEAP_MUTATIONS:-60}"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}/asan"

run() {
    echo "asan: $*"
    cargo +nightly test --profile ci --target "$host" -p batos-image "$@"
}

heap=(--test heap_basics --test heap_image --test heap_model --test heap_mutations)
run --lib "${heap[@]}" -- --quiet
run --test store -- --quiet basics mappings
run --features plain "${heap[@]}" -- --quiet
