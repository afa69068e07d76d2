#!/usr/bin/env bash
# All benchmarks. Every one prints ratios against a peer measured in the same run; nothing here fails because a machine is slow.
#
#   scripts/bench.sh [lang|image|machine]...      default: all
set -eu
cd "$(dirname "$0")/.."
what=("$@")
[ ${#what[@]} -gt 0 ] || what=(lang image machine)

install_lua() {
    command -v lua5.4 >/dev/null && command -v luajit >/dev/null && return 0
    if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
        echo "bench: installing lua5.4 and luajit, the peers"
        apt-get install -y --no-install-recommends lua5.4 luajit >/dev/null && return 0
    fi
    echo "bench: lua5.4 or luajit is missing; their columns stay empty (Debian: apt-get install lua5.4 luajit)"
}

for part in "${what[@]}"; do
    case "$part" in
        lang) cargo bench -p batos-lang ;;
        image) cargo bench -p batos-image ;;
        machine)
            install_lua
            cargo build --release -p batos --no-default-features
            cargo bench -p batos-tests
            ;;
        *) echo "bench: no such part: $part (lang, image, machine)"; exit 2 ;;
    esac
done
