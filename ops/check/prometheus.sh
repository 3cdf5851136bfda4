#!/usr/bin/env bash
# Checks what Prometheus is given: its configuration, and the rules, each of which is tried on made-up series.
# Needs promtool (Debian: the package prometheus).
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../prometheus"

promtool check config prometheus.yml
promtool test rules tests/*.yml
