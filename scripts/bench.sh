#!/usr/bin/env bash
# All benchmarks. Every one prints ratios against a peer measured in the same run; nothing here fails because a machine is slow.
#
#   scripts/bench.sh [lang|image|machine|data|bridge]...      default: all
#
# machine: the programs of tests/benchmarks that are there in Self and in Lua, run in turn: interpreted, compiled from the start (warm-up
# counts), compiled after as much work again (steady); Lua 5.4, LuaJIT without and with its compiler (steady). Variables: RUNS (of each,
# the median counts; default 5), NAMES (which programs), BATOS (a binary to measure instead of building one).
# data: JSON read and written, beside Python's json.
set -eu
cd "$(dirname "$0")/.."
what=("$@")
[ ${#what[@]} -gt 0 ] || what=(lang image machine data bridge screen)

install_lua() {
    command -v lua5.4 >/dev/null && command -v luajit >/dev/null && return 0
    if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
        echo "bench: installing lua5.4 and luajit, the peers"
        apt-get install -y --no-install-recommends lua5.4 luajit >/dev/null && return 0
    fi
    echo "bench: lua5.4 or luajit is missing; their columns stay empty (Debian: apt-get install lua5.4 luajit)"
}

# How much work one run is: about half a second in Lua 5.4. For others the benchmark's own number counts.
inner() {
    case "$1" in
        sieve) echo 1000 ;;
        permute | queens) echo 400 ;;
        towers) echo 300 ;;
        list | bounce) echo 500 ;;
        storage) echo 100 ;;
        mandelbrot) echo 500 ;;
        nbody) echo 250000 ;;
        richards) echo 20 ;;
        json | cd) echo 100 ;;
        deltablue) echo 12000 ;;
        havlak) echo 15 ;;
        dictionary) echo 200 ;;
        fib | sends | polymorphic | slots | strings) echo 100 ;;
        blocks | allocation | nonLocalReturn) echo 50 ;;
    esac
}

median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

# The milliseconds that a harness printed ("NAME 123 ms"); anything else is a failure.
milliseconds() {
    local line
    line=$("$@") && [[ "$line" =~ ^[A-Za-z]+\ ([0-9]+)\ ms$ ]] && echo "${BASH_REMATCH[1]}" && return 0
    echo "bench: failed: $*: $line" >&2
    return 1
}

# Runs take turns, so that a slow minute of the machine meets all columns.
beside_lua() {
    local batos=$1 dir=tests/benchmarks name n rest i results
    results=$(mktemp -d)
    # shellcheck disable=SC2064 # the name is wanted as it is now
    trap "rm -r $results" EXIT
    : >"$results/table"
    for name in ${NAMES:-$(cd "$dir" && for f in *.self; do [ -e "${f%.self}.lua" ] && echo "${f%.self}"; done)}; do
        [ "$name" = harness ] && continue
        n=$(inner "$name")
        rest="$name 1 $n"
        for ((i = 0; i < ${RUNS:-5}; i++)); do
            # shellcheck disable=SC2086 # the words of $rest are arguments
            {
                milliseconds "$batos" run --no-model --jit=off "$dir/harness.self" $rest >>"$results/$name.batos"
                milliseconds "$batos" run --no-model --jit=on "$dir/harness.self" $rest >>"$results/$name.first"
                milliseconds "$batos" run --no-model --jit=on "$dir/harness.self" $rest $n >>"$results/$name.steady"
                ! command -v lua5.4 >/dev/null || milliseconds lua5.4 "$dir/harness.lua" $rest >>"$results/$name.lua"
                ! command -v luajit >/dev/null || milliseconds luajit -joff "$dir/harness.lua" $rest >>"$results/$name.luajit"
                ! command -v luajit >/dev/null || milliseconds luajit "$dir/harness.lua" $rest $n >>"$results/$name.traced"
            }
        done
        for column in batos first steady lua luajit traced; do
            [ -e "$results/$name.$column" ] && median <"$results/$name.$column" || echo -
        done | xargs echo "$name" >>"$results/table"
    done
    awk '
        function ratio(a, b) { return (a == "-" || b == "-" || b == 0) ? "-" : sprintf("%.2f", a / b) }
        function mean(c) { return n[c] ? sprintf("%.2f", exp(sum[c] / n[c])) : "-" }
        BEGIN {
            print "Processor milliseconds, medians; then ratios to Lua 5.4, above 1 is slower."
            print "off: interpreted; first: compiled, from the start; steady: compiled, after as much work again."
            format = "%-15s %6s %6s %6s %6s %6s %6s   %6s %6s %6s %6s %6s\n"
            printf format, "", "off", "first", "steady", "lua", "lj-off", "lj", "off", "first", "steady", "lj-off", "lj"
        }
        {
            split("2 3 4 6 7", columns, " ")
            for (c = 1; c <= 5; c++) {
                r[c] = ratio($columns[c], $5)
                if (r[c] > 0) { sum[c] += log(r[c]); n[c]++ }
            }
            printf format, $1, $2, $3, $4, $5, $6, $7, r[1], r[2], r[3], r[4], r[5]
        }
        END { printf format, "geometric mean", "", "", "", "", "", "", mean(1), mean(2), mean(3), mean(4), mean(5) }
    ' "$results/table"
}

# Megabytes a second of processor time.
beside_python() {
    local batos=$1 text
    text=$(mktemp)
    # shellcheck disable=SC2064 # the name is wanted as it is now
    trap "rm $text" EXIT
    {
        "$batos" run --no-model tests/benchmarks/data/json.self "$text"
        ! command -v python3 >/dev/null || python3 - "$text" <<'PEER'
import json, sys, time

text = open(sys.argv[1]).read()
data = json.loads(text)


def rate(work):
    start, n = time.process_time(), 0
    while time.process_time() - start < 1.5:
        work()
        n += 1
    return len(text.encode()) * n / (time.process_time() - start) / 1e6


print(f"python {rate(lambda: json.loads(text)):.1f} {rate(lambda: json.dumps(data)):.1f}")
PEER
    } | awk '
        BEGIN { print "JSON, megabytes a second of processor time; ratios to Python, above 1 is faster." }
        $1 == "json" { parse = $2; print_ = $3 }
        $1 == "python" { p = $2; q = $3 }
        END {
            printf "%-16s %8s %8s %8s\n", "", "batos", "python", "ratio"
            printf "%-16s %8s %8s %8s\n", "parse", parse, p ? p : "-", p ? sprintf("%.2f", parse / p) : "-"
            printf "%-16s %8s %8s %8s\n", "print", print_, q ? q : "-", q ? sprintf("%.2f", print_ / q) : "-"
        }'
}

built() {
    if [ -z "${BATOS:-}" ]; then cargo build --release -p batos --no-default-features; fi
}

for part in "${what[@]}"; do
    case "$part" in
        lang) cargo bench -p batos-lang ;;
        image) cargo bench -p batos-image ;;
        machine)
            install_lua
            built
            beside_lua "${BATOS:-${CARGO_TARGET_DIR:-target}/release/batos}"
            ;;
        bridge)
            scripts/setup.sh --python
            built
            if [ -x .tools/python/bin/python ]; then
                BATOS="${BATOS:-$(realpath "${CARGO_TARGET_DIR:-target}")/release/batos}" .tools/python/bin/python scripts/bench_bridge.py
            else
                echo "bench: the bridge is not measured, since there is no .tools/python (scripts/setup.sh --python)"
            fi
            ;;
        data)
            built
            beside_python "${BATOS:-${CARGO_TARGET_DIR:-target}/release/batos}"
            ;;
        screen)
            if [ ! -d tests/screen/node_modules ] || ! command -v node >/dev/null; then
                echo "bench: the screen is not measured here: scripts/setup.sh --screen installs what that needs"
            else
                built
                (bin="$(realpath "${BATOS:-${CARGO_TARGET_DIR:-target}/release/batos}")" && cd tests/screen && BATOS_BIN="$bin" node measure.mjs)
            fi
            ;;
        *) echo "bench: no such part: $part (lang, image, machine, data, bridge, screen)"; exit 2 ;;
    esac
done
