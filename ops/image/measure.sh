#!/usr/bin/env bash
# How long the worker takes from the start of its process until it is ready: measure.sh HOME [ROUNDS], after train.sh.
# With its cache and without, in turns; against a broker that runs already, whose topics are there, with one tool server over
# HTTP and one that is a child, a JVM of its own.
set -euo pipefail

[ $# -ge 1 ] || { sed -n '2s/^# //p' "$0" >&2; exit 2; }
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
home=$(cd -- "$1" && pwd -P)
rounds=${2:-9}
toolstream=$home/bin/toolstream
ready=$home/bin/ready
# shellcheck source=ops/image/stage.sh
. "$here/stage.sh"

# Milliseconds of one start; the options of the JVM that make the difference are arguments.
start_once() {
  local began took
  began=$(date +%s%N)
  TOOLSTREAM_JAVA_OPTS="$*" start_service worker "$toolstream" run worker
  took=$((($(date +%s%N) - began) / 1000000))
  stop_last
  printf '%s\n' "$took"
}

# The middle one of the lines, and the least and the largest.
summary() {
  sort -n | awk '{ all[NR] = $1 } END { printf "%s ms (%s–%s)\n", all[int((NR + 1) / 2)], all[1], all[NR] }'
}

start_broker
write_settings
start_once -XX:AOTMode=off >/dev/null
for ((round = 0; round < rounds; round++)); do
  start_once -XX:AOTMode=on >>"$work/with"
  start_once -XX:AOTMode=off >>"$work/without"
done
printf 'with the cache     %s\n' "$(summary <"$work/with")"
printf 'without the cache  %s\n' "$(summary <"$work/without")"
