#!/usr/bin/env bash
# The client for Python and the agents' side, tested with pytest in the virtual environment that scripts/setup.sh made.
# BATOS_BIN names the program. Where there is no such environment (no python3, no network) it says so and does nothing.
set -eu
cd "$(dirname "$0")/.."
python="$PWD/.tools/python/bin/python"
if [ ! -x "$python" ]; then
    echo "python: not tested, since there is no .tools/python: scripts/setup.sh --python makes it where there is a network"
    exit 0
fi
exec "$python" -m pytest -q -p no:cacheprovider -c clients/python/pyproject.toml clients/python/tests "$@"
