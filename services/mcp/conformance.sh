#!/usr/bin/env bash
# Runs the official MCP conformance suite against our client, one scenario after the other, and prints a table.
#   conformance.sh                                    every client scenario that is asked of us
#   conformance.sh 2026-07-28:tools_call ...          only these
# Exits with 0 if all passed, 1 if not, 3 if the suite cannot be run here (no Node or npm, or no way to its packages).
# Needs the compiled tests: their class path is CONFORMANCE_CLASSPATH, or asked of Maven.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$here/target/conformance
suite=$home/node_modules/@modelcontextprotocol/conformance/dist/index.js

# What we do not pass is listed, with the reason, in services/docs/mcp-conformance.md.
required=(
  2026-07-28:{tools_call,request-metadata,sep-2322-client-request-state,http-standard-headers,http-custom-headers}
  2026-07-28:{http-invalid-tool-headers,json-schema-ref-no-deref,json-schema-2020-12-preservation}
  2025-11-25:{initialize,tools_call,elicitation-sep1034-client-defaults,json-schema-2020-12-preservation,sse-retry}
  2026-07-28:auth/client-credentials-{basic,jwt}
  2025-11-25:auth/client-credentials-{basic,jwt}
)

cannot() { echo "cannot run the conformance suite: $1" >&2; exit 3; }

node_major() { "$1" --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/'; }

install_suite() {
  command -v npm >/dev/null || cannot "npm is not there"
  mkdir -p "$home"
  cp "$here"/conformance/{package.json,package-lock.json,.npmrc} "$home/"
  (cd "$home" && npm ci --no-audit --no-fund --ignore-scripts) >"$home/install.log" 2>&1 \
    || cannot "npm ci failed, see $home/install.log"
}

# The suite needs Node 22; where the machine's is older, one comes with the packages.
find_node() {
  local candidate
  for candidate in node "$home"/node_modules/node-linux-*/bin/node; do
    if [ "$(node_major "$candidate")" -ge 22 ] 2>/dev/null; then echo "$candidate"; return 0; fi
  done
  return 1
}

class_path() {
  if [ -n "${CONFORMANCE_CLASSPATH:-}" ]; then echo "$CONFORMANCE_CLASSPATH"; return; fi
  local file=$home/class-path
  (cd "$here/../.." && mvn -o -B -ntp -q -Dquick test-compile dependency:build-classpath -pl services/mcp -am \
    -Dmdep.outputFile="$file" -Dmdep.includeScope=test) >&2 || cannot "the tests do not compile"
  echo "$here/target/test-classes:$here/target/classes:$(cat "$file")"
}

# Prints one line of the table; what a failed scenario said is kept.
run() {
  local version=${1%%:*} scenario=${1#*:} start=$SECONDS
  local log=$home/${version}-${scenario//\//-}.log
  if "$node" "$suite" client --command "$client" --scenario "$scenario" --spec-version "$version" --timeout 30000 \
    >"$log" 2>&1 </dev/null; then
    printf '%-11s %-40s passed  %3s s\n' "$version" "$scenario" $((SECONDS - start))
  else
    printf '%-11s %-40s FAILED  %3s s  %s\n' "$version" "$scenario" $((SECONDS - start)) "$log"
    return 1
  fi
}

[ -f "$suite" ] || install_suite
node=$(find_node) || cannot "Node 22 is not there"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
client="$java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp $(class_path) io.toolstream.mcp.conformance.ConformanceClient"

failed=0
for each in "${@:-${required[@]}}"; do run "$each" || failed=$((failed + 1)); done
echo "$failed failed"
[ "$failed" -eq 0 ]
