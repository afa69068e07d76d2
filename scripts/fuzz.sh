#!/usr/bin/env bash
# Runs every fuzz target for a while, two at a time. What is found lies in fuzz/artifacts/.
#
#   scripts/fuzz.sh [TARGET...]      environment: SECONDS_EACH (60), JOBS (2), KEEP=1 adds new inputs to fuzz/corpus/
set -u
cd "$(dirname "$0")/../fuzz" || exit 1
each="${SECONDS_EACH:-60}"
jobs="${JOBS:-2}"
host="$(rustc +nightly -vV | sed -n 's/^host: //p')"
dir="$PWD/target"

targets=("$@")
if [ ${#targets[@]} = 0 ]; then
    mapfile -t targets < <(cargo +nightly fuzz list)
fi
[ ${#targets[@]} -gt 0 ] || { echo "fuzz: no targets"; exit 1; }

echo "fuzz: building ${#targets[@]} targets"
# Those that were named, or all at once.
if [ $# -gt 0 ]; then
    for name in "$@"; do
        CARGO_TARGET_DIR="$dir" cargo +nightly fuzz build --target-dir "$dir" "$name" || exit 1
    done
else
    CARGO_TARGET_DIR="$dir" cargo +nightly fuzz build --target-dir "$dir" || exit 1
fi

run_one() {
    local name="$1" work log
    work="$(mktemp -d)"
    log="$work.log"
    mkdir -p "corpus/$name" "artifacts/$name"
    local inputs=("$work" "corpus/$name")
    [ -z "${KEEP:-}" ] || inputs=("corpus/$name")
    if "$dir/$host/release/$name" "${inputs[@]}" -artifact_prefix="artifacts/$name/" -max_total_time="$each" \
        -timeout=120 -rss_limit_mb=4096 -print_final_stats=1 >"$log" 2>&1; then
        echo "fuzz: $name ok, $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") runs"
        rm -rf "$work" "$log"
    else
        echo "fuzz: $name FAILED; the input is in fuzz/artifacts/$name/"
        tail -60 "$log"
        return 1
    fi
}

failed=0
running=0
for name in "${targets[@]}"; do
    if [ "$running" -ge "$jobs" ]; then
        wait -n || failed=1
        running=$((running - 1))
    fi
    run_one "$name" &
    running=$((running + 1))
done
while [ "$running" -gt 0 ]; do
    wait -n || failed=1
    running=$((running - 1))
done
exit "$failed"
