#!/bin/sh
# Makes the lock files anew after a dependency changed in pyproject.toml or package.json: everything, the two parts that the
# image needs, and what comes from npm. Hashes and no addresses; the platforms of all of us. Arguments: the uv and the npm to use.
set -eu
cd -- "$(dirname -- "$0")/.."
uv=${1:-uv} npm=${2:-npm}

lock() {
    "$uv" pip compile --quiet --universal --generate-hashes --no-header --no-annotate "$@"
}

lock --group dev pyproject.toml --output-file requirements.lock
lock --constraints requirements.lock pyproject.toml --output-file deploy/image.lock
lock --constraints requirements.lock --group build --output-file deploy/build.lock

"$npm" install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund --loglevel=error >&2
"${npm%npm}node" -e '
    const fs = require("node:fs"), file = "package-lock.json", lock = JSON.parse(fs.readFileSync(file));
    for (const one of Object.values(lock.packages)) delete one.funding; // these are addresses too
    fs.writeFileSync(file, JSON.stringify(lock, null, 2) + "\n");
'
