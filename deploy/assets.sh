#!/bin/sh
# Installs the browser libraries of package-lock.json and puts what pages load into api/static/vendor.
# Argument: the npm to use. Used by ./run and by the Dockerfile.
set -eu
cd -- "$(dirname -- "$0")/.."
npm=${1:-npm}

"$npm" ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2

vendor=api/static/vendor
rm -rf "$vendor"
mkdir -p "$vendor"
cp node_modules/bootstrap/dist/css/bootstrap.min.css \
   node_modules/htmx.org/dist/htmx.min.js \
   node_modules/htmx.org/dist/ext/hx-sse.min.js \
   "$vendor"
