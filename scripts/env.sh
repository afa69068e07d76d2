# shellcheck shell=bash
# Sourced by the Makefile and .ci/run: settings for building llama.cpp inside cargo. Changes nothing that is set already.
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

# What scripts/setup.sh took from PyPI, when there were no packages of the system.
if [ -x "$root/.tools/bin/cmake" ]; then
    PATH="$root/.tools/bin:$PATH"
    export PATH
fi
if [ -z "${LIBCLANG_PATH:-}" ] && ls "$root"/.tools/lib/libclang*.so* >/dev/null 2>&1; then
    export LIBCLANG_PATH="$root/.tools/lib"
    # The wheel brings no headers of the compiler; gcc's serve.
    if command -v gcc >/dev/null 2>&1; then
        BINDGEN_EXTRA_CLANG_ARGS="-I$(gcc -print-file-name=include) ${BINDGEN_EXTRA_CLANG_ARGS:-}"
        export BINDGEN_EXTRA_CLANG_ARGS
    fi
fi

# The C++ part is the long part of a build: keep its objects.
if command -v ccache >/dev/null 2>&1; then
    export CMAKE_C_COMPILER_LAUNCHER="${CMAKE_C_COMPILER_LAUNCHER:-ccache}"
    export CMAKE_CXX_COMPILER_LAUNCHER="${CMAKE_CXX_COMPILER_LAUNCHER:-ccache}"
    # Out directories differ between profiles and checkouts; the sources don't.
    export CCACHE_BASEDIR="${CCACHE_BASEDIR:-$root}"
    export CCACHE_NOHASHDIR="${CCACHE_NOHASHDIR:-1}"
fi

# A debug build of llama.cpp would be a hundred times slower than the tests can wait for.
export LLAMA_LIB_PROFILE="${LLAMA_LIB_PROFILE:-Release}"
