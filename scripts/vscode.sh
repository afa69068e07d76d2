#!/usr/bin/env bash
# Checks, builds and packages the extension for VS Code: clients/vscode/batos-*.vsix. Without npm it says so, and that is no failure.
set -eu
cd "$(dirname "$0")/../clients/vscode"
if ! command -v npm >/dev/null 2>&1; then
    echo "vscode: no npm here, so no extension (install Node.js 20 or later)"
    exit 0
fi
npm ci --no-audit --no-fund --ignore-scripts
npm run package
