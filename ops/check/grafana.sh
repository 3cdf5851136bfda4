#!/usr/bin/env bash
# Checks the queries of all dashboards: each is made a rule, its variables replaced, and read by promtool. Needs jq, promtool.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../grafana/dashboards"

rules=$(mktemp)
trap 'rm -f "$rules"' EXIT
jq -s '{groups: [{name: "panels", rules: [
    .[] | .uid as $uid | [.panels[].targets[]?.expr, .annotations.list[].expr | select(. != null)] | to_entries[]
    | {record: "panel:\($uid | gsub("-"; "_")):\(.key)",
       expr: (.value | gsub("\\$__rate_interval"; "5m") | gsub("\\$__range"; "1h") | gsub("\\$[a-z]+"; ".*"))}
  ]}]}' ./*.json >"$rules"
if grep -q '\$' "$rules"; then
  echo "a variable that is not known:" >&2
  grep '\$' "$rules" >&2
  exit 1
fi
promtool check rules "$rules"
