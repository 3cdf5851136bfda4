# shellcheck shell=bash
# To be sourced by scripts that try things out without Docker: a broker, a tool server, and services on top of them, all as
# processes of one script, which are ended with it. `toolstream` and `ready` name the commands.
patience=${patience:-120}
work=$(mktemp -d)
export REDIS_SECRET=training REDIS_URL=redis://127.0.0.1:1
pids=()

end() {
  local pid
  for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap end EXIT

fail() {
  echo "$(basename "$0" .sh): $1" >&2
  tail -n 20 "$work"/*.err >&2 || true
  exit 1
}

start() {
  local name=$1
  shift
  rm -f "$work/$name.out" "$work/$name.err"
  "$@" </dev/null >"$work/$name.out" 2>"$work/$name.err" &
  pids+=($!)
}

# A port that nobody listens at, below those that systems give to connections.
free_port() {
  local port=$((20000 + RANDOM % 12000))
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((20000 + RANDOM % 12000)); done
  printf '%s\n' "$port"
}

# Waits until the last process started has written the pattern, and prints what the pattern's group matched.
await() {
  local file=$1 pattern=$2 found end
  end=$((SECONDS + patience))
  until found=$(sed -nE "s|^.*$pattern.*\$|\\1|p" "$file" 2>/dev/null | head -n 1) && [ -n "$found" ]; do
    kill -0 "${pids[-1]}" 2>/dev/null || fail "$(basename "$file") ended before it was ready"
    [ "$SECONDS" -lt "$end" ] || fail "$(basename "$file") was not ready in $patience s"
    sleep 0.1
  done
  printf '%s\n' "$found"
}

# The broker of the all-in-one, whose own worker listens to topics of another name, and the demo's tools over HTTP. It has no
# metrics app: that would be of the same group as the one that is tried, and take its partitions.
start_broker() {
  start broker env "HOME=$work" "XDG_RUNTIME_DIR=$work" "${toolstream:?}" dev --port 0 \
    --set topics.prefix=other. --set admin.enabled=false --set cache.enabled=false --set metrics.enabled=false
  broker=$(await "$work/broker.out" 'kafka  ([0-9.:]+)')
  start tools "$toolstream" demo-server --port 0
  tools=$(await "$work/tools.out" '(http://[^ ]+)')
}

# One tool server over HTTP and one as a child, a cache, and a Redis that is not there: its client is loaded all the same.
write_settings() {
  cat >"$work/toolstream.yaml" <<'YAML'
redis: { url: "${env:REDIS_URL}", secret: "${env:REDIS_SECRET}" }
YAML
  cat >>"$work/toolstream.yaml" <<YAML
kafka: { bootstrapServers: "$broker" }
topics: { prefix: train., partitions: 4 }
admin: { host: 127.0.0.1, port: 0 }
mcpServers:
  near: { type: http, url: "$tools" }
  child: { command: "$toolstream", args: [demo-server, --stdio], env: { PATH: "$PATH", JAVA_HOME: "${JAVA_HOME:-}" } }
servers:
  near: { tools: { word_count: { cache: { ttl: 1m } } } }
YAML
}

# Calls of all kinds: answers, answers that are kept, a tool's error, wrong arguments, a tool that runs once.
write_calls() {
  local n
  for ((n = 0; n < $1; n += 6)); do
    cat <<JSONL
{"server":"near","tool":"echo","arguments":{"text":"hello $n"}}
{"server":"child","tool":"add","arguments":{"a":$n,"b":0.2}}
{"server":"near","tool":"word_count","arguments":{"text":"one two three"}}
{"server":"near","tool":"fail","arguments":{"message":"no"}}
{"server":"near","tool":"add","arguments":{"a":"one"}}
{"server":"child","tool":"remember","arguments":{"key":"k$n","value":"v"}}
JSONL
  done >"$work/calls.jsonl"
}

# Has all calls executed, each within the time that is given.
execute_calls() {
  rm -f "$work"/results.jsonl*
  "$toolstream" batch "$work/calls.jsonl" -o "$work/results.jsonl" --config "$work/toolstream.yaml" --timeout "$1" \
    >/dev/null 2>"$work/batch.err" || [ $? -le 3 ] || fail "the calls were not executed"
  [ "$(grep -c '"status":"ok"' "$work/results.jsonl")" -gt 0 ] || fail "no call was answered"
}

# A service with an admin endpoint, whose port is then in `admin`; the last of all processes started.
start_service() {
  local name=$1
  shift
  start "$name" "$@" --config "$work/toolstream.yaml"
  admin=$(await "$work/$name.err" 'admin http://[0-9.]+:([0-9]+)')
  await_ready "$name"
}

await_ready() {
  local end=$((SECONDS + patience))
  until "${ready:?}" "$admin" 2>/dev/null; do
    kill -0 "${pids[-1]}" 2>/dev/null || fail "$1 ended before it was ready"
    [ "$SECONDS" -lt "$end" ] || fail "$1 was not ready in $patience s"
    sleep 0.02
  done
}

# Prints what the admin endpoint answers under this path.
ask() {
  exec 3<>"/dev/tcp/127.0.0.1/$admin"
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" >&3
  cat <&3
  exec 3>&-
}

stop_last() {
  local pid=${pids[-1]}
  unset 'pids[-1]'
  kill -TERM "$pid"
  wait "$pid" || true
}
