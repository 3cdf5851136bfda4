#!/usr/bin/env bash
# Checks docker-compose.yml: against the Compose specification and for what is easily forgotten (tags, addresses of ports),
# with dclint from npm; where there is a Docker engine, also by Docker itself. Needs Node 20 or newer.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

./packages.sh . dclint
node node_modules/dclint/bin/dclint.cjs --config dclint.json --max-warnings 0 ../../docker-compose.yml
if docker info >/dev/null 2>&1; then
  docker compose -f ../../docker-compose.yml --profile observability config --quiet
else
  echo "no Docker engine here: docker compose config was not asked"
fi
