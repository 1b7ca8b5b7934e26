#!/bin/sh
# Makes the lock files anew after a dependency changed in pyproject.toml: everything, and the two parts that the image needs.
# Hashes and no addresses; the platforms of all of us. Argument: the uv to use.
set -eu
cd -- "$(dirname -- "$0")/.."
uv=${1:-uv}

lock() {
    "$uv" pip compile --quiet --universal --generate-hashes --no-header --no-annotate "$@"
}

lock --group dev pyproject.toml --output-file requirements.lock
lock --constraints requirements.lock pyproject.toml --output-file deploy/image.lock
lock --constraints requirements.lock --group build --output-file deploy/build.lock
