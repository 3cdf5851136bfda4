#!/usr/bin/env bash
# Tries what the image holds, without Docker: lays it out in a folder of its own, makes the cache, starts a worker that must
# use it, and has it execute calls. Needs a JDK 25 or newer in JAVA_HOME and a build (./toolstream --help makes one).
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
image=$here/../image
jars=$here/../../services/cli/target/dist/lib

version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "${JAVA_HOME:-/none}/release" 2>/dev/null || true)
if [ "${version:-0}" -lt 25 ]; then
  echo "SKIPPED: no JDK 25 or newer in JAVA_HOME (${JAVA_HOME:-not set}): the image's steps were not tried" >&2
  [ "${TOOLSTREAM_REQUIRE_ALL:-}" != true ]
  exit
fi

home=$(mktemp -d)/toolstream
"$image/layout.sh" "$jars" "$home"
"$image/train.sh" "$home" run-worker run-metrics

toolstream=$home/bin/toolstream
ready=$home/bin/ready
# shellcheck source=ops/image/stage.sh
. "$image/stage.sh"
trap 'end; rm -rf "${home%/*}"' EXIT

start_broker
write_settings
write_calls 60
began=$(date +%s%N)
# With AOTMode=on a JVM that cannot use its cache does not start.
TOOLSTREAM_JAVA_OPTS='-XX:AOTMode=on' start_service worker "$toolstream" run worker
echo "ready after $((($(date +%s%N) - began) / 1000000)) ms"
execute_calls 1m
ask /metrics | sed '1,/^\r*$/d' >"$work/scrape"
grep -q '^messaging_process_duration_seconds_count{.*toolstream_status="ok"' "$work/scrape" || fail "the calls were not counted"
if command -v promtool >/dev/null; then promtool check metrics <"$work/scrape" || fail "Prometheus would not like the meters"; fi
! "$ready" 1 2>/dev/null || fail "ready said yes where nothing listens"
stop_last
echo "the image's steps work"
