#!/usr/bin/env bash
# Checks asyncapi.yaml with AsyncAPI's own parser, and every example with a second JSON Schema implementation.
# Needs Node 20 or newer; installs its two pinned packages into schemas/check/node_modules when they are not there.
set -euo pipefail
cd "$(dirname "$0")/check"
../../ops/check/packages.sh . @asyncapi/parser
exec node check.mjs ..
