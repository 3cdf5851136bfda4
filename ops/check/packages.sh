#!/usr/bin/env bash
# Installs the npm packages that a folder's package.json names, unless this one of them is there: packages.sh FOLDER PACKAGE
# A registry that is away for a moment is asked again.
set -euo pipefail
cd -- "$1"
[ ! -d "node_modules/$2" ] || exit 0

for pause in 5 15 30 0; do
  npm install --loglevel=error --no-package-lock --ignore-scripts --no-audit --no-fund --fetch-retries=5 >/dev/null && exit
  echo "npm could not install the packages of $PWD" >&2
  rm -rf node_modules
  sleep "$pause"
done
exit 1
