#!/usr/bin/env bash
# Asks each query of the dashboards, and each rule, of a Prometheus that watches a worker at work, and the metrics app: a
# panel that shows nothing is told of, and so is a look at meters that the runbook takes and that finds nothing. Starts
# everything itself, on free ports, and ends it. Needs Java 17 or newer, jq, curl, and Prometheus with its promtool.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
ops=$here/..
toolstream=$ops/../toolstream
ready=$ops/image/ready.sh
# shellcheck source=ops/image/stage.sh
. "$ops/image/stage.sh"

# Panels of what did not happen here: no tool changed, nothing was in doubt, no budget was used up, no queue was full ...
silent='^(In doubt|Tools that came, went or changed|Attempts not made, the budget being used up|Calls that got no permit'
silent+='|What else became of them|What came unasked or not as it should|Wait for a permit)$'

# Pages of what did not happen either.
unseen='^(answers-forged)$'

start_prometheus() {
  port=$(free_port)
  mkdir "$work/data"
  cat >"$work/prometheus.yml" <<YAML
global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [$ops/prometheus/rules/*.yml]
scrape_configs:
  - job_name: worker
    static_configs: [{ targets: ["127.0.0.1:$admin"] }]
  - job_name: metrics
    static_configs: [{ targets: ["127.0.0.1:$metrics_admin"] }]
  - job_name: prometheus
    static_configs: [{ targets: ["127.0.0.1:$port"] }]
YAML
  start prometheus prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/data" \
    --web.listen-address="127.0.0.1:$port"
  await "$work/prometheus.err" '(ready to receive)' >/dev/null
}

# Every query of the boards with the panel it is of, its variables replaced; one JSON text a line.
queries() {
  jq -c '.panels[] | .title as $title | .targets[]? | [$title,
    (.expr | gsub("\\$__rate_interval"; "30s") | gsub("\\$__range"; "1h") | gsub("\\$[a-z]+"; ".*"))]' \
    "$ops"/grafana/dashboards/*.json
}

# Tries until it works, for a minute: meters, and Prometheus' looks at them, follow what happens.
eventually() {
  local end=$((SECONDS + 60))
  until "$@" >"$work/tried" 2>&1; do
    if [ "$SECONDS" -ge "$end" ]; then
      cat "$work/tried" >&2
      fail "$1 found what it should not, and still does after a minute"
    fi
    sleep 2
  done
  cat "$work/tried"
}

ask_all() {
  local line title expression empty=0 all=0
  while read -r line; do
    title=$(jq -r '.[0]' <<<"$line")
    expression=$(jq -r '.[1]' <<<"$line")
    all=$((all + 1))
    if [ -z "$(promtool query instant "http://127.0.0.1:$port" "$expression")" ] && ! [[ $title =~ $silent ]]; then
      printf 'nothing for "%s": %s\n' "$title" "$expression" >&2
      empty=$((empty + 1))
    fi
  done < <(queries)
  echo "$all queries asked, $empty of them without an answer that were to have one"
  [ "$empty" -eq 0 ]
}

# What was executed was counted: no panel shows a metrics app that runs and counts nothing.
check_counted() {
  [ -n "$(promtool query instant "http://127.0.0.1:$port" 'sum(toolstream_stream_calls_total{outcome="counted"}) > 200')" ] || {
    echo "the metrics app did not count the calls"
    return 1
  }
}

# Rules that failed when they were evaluated, by Prometheus' own count.
check_rules() {
  local failed
  failed=$(promtool query instant "http://127.0.0.1:$port" 'sum(prometheus_rule_evaluation_failures_total) or vector(0)' || true)
  case ${failed:-0} in *'=> 0 '* | 0) ;; *) fail "rules failed: $failed" ;; esac
}

# What the pages of the runbook look for in meters and probes, line by line as an operator types it: each must find something
# here, but for what did not happen.
look_up() {
  local found page port line missing=0 all=0
  if ! command -v curl >/dev/null; then
    echo "no curl here: the runbook's looks were not tried"
    return
  fi
  while read -r found; do
    page=${found%%.md:*}
    line=${found#*.md:}
    port=$admin
    case ${page##*/} in metrics-*) port=$metrics_admin ;; esac
    all=$((all + 1))
    if ! bash -c "${line//localhost:9464/127.0.0.1:$port}" >/dev/null && ! [[ ${page##*/} =~ $unseen ]]; then
      printf 'nothing for "%s" of %s\n' "$line" "${page##*/}" >&2
      missing=$((missing + 1))
    fi
  done < <(grep -H '^curl -s localhost:9464/.* | grep' "$ops"/../services/docs/runbook/*.md)
  echo "$all looks of the runbook tried, $missing found nothing that were to find something"
  [ "$missing" -eq 0 ] && [ "$all" -gt 0 ]
}

# A Redis of its own, where there is one on this machine.
start_redis() {
  if ! command -v redis-server >/dev/null; then
    silent=${silent/(/(How Redis answers|}
    return
  fi
  local redis_port
  redis_port=$(free_port)
  start redis redis-server --port "$redis_port" --bind 127.0.0.1 --save '' --dir "$work"
  await "$work/redis.out" '(eady to accept)' >/dev/null
  REDIS_URL=redis://127.0.0.1:$redis_port
}

start_broker
start_redis
write_settings
write_calls 120
start_service metrics "$toolstream" run metrics
metrics_admin=$admin
start_service worker "$toolstream" run worker
start_prometheus
execute_calls 1m
sleep 4
execute_calls 1m
# Its tool server goes: attempts fail, the breaker opens, calls of batches are parked.
kill -TERM "${pids[1]}"
execute_calls 5s
for _ in 1 2 3 4 5; do
  "$toolstream" call near echo text=hello --timeout 3s --config "$work/toolstream.yaml" >/dev/null 2>&1 || true
done
sleep 4
eventually ask_all
eventually check_counted
check_rules
eventually look_up
