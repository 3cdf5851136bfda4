#!/usr/bin/env bash
# Makes the caches of classes with which services start: train.sh HOME [SERVICE...], after layout.sh.
#   SERVICE    run-worker (if none is named), run-metrics
# Starts a broker and a tool server, then each service for real, has it execute calls, and stops it; on its way out its JVM
# writes HOME/aot/SERVICE.aot. Needs a JDK 25 or newer, the very one that the services will run on; no Docker, no network.
set -euo pipefail

[ $# -ge 1 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
home=$(cd -- "$1" && pwd -P)
shift
toolstream=$home/bin/toolstream
ready=$home/bin/ready
# shellcheck source=ops/image/stage.sh
. "$here/stage.sh"

# The service runs while calls are executed, tells how it is, and ends in good order.
train() {
  local service=$1 cache=$home/aot/$1.aot
  rm -f "$cache"
  [ "$service" = run-worker ] || start_service worker "$toolstream" run worker
  start_service "$service" env "TOOLSTREAM_AOT_OUTPUT=$cache" "$toolstream" "${service%%-*}" "${service#*-}"
  execute_calls 1m
  ask /metrics >/dev/null
  ask '/readyz?verbose' >/dev/null
  stop_last
  [ "$service" = run-worker ] || stop_last
  [ -s "$cache" ] || fail "$service left no cache"
  printf '%s  %s MiB\n' "$cache" $(($(wc -c <"$cache") / 1048576))
}

[ $# -gt 0 ] || set -- run-worker
start_broker
write_settings
write_calls 300
for each in "$@"; do train "$each"; done
