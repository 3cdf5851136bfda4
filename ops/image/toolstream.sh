#!/usr/bin/env bash
# The toolstream command as it stands in the image: bin/toolstream, with lib/ and aot/ beside it.
#
#   TOOLSTREAM_JAVA_OPTS    options for the JVM, after those chosen here (JAVA_OPTS too): -Xmx1g, say
#
# A service finds the classes it loads in a cache that was made by running it once: see train.sh.
set -euo pipefail

home=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

# Every jar by its name, always in the same order: a cache is for one class path only.
class_path() {
  local LC_ALL=C jars=("$home"/lib/*.jar) IFS=:
  printf '%s\n' "${jars[*]}"
}

# What the words of a command line run as a service, as a name for its cache; nothing for all other commands.
service() {
  case "${1:-} ${2:-}" in
    'run '[a-z]*) printf 'run-%s\n' "$2" ;;
    'demo-server '*) printf 'demo-server\n' ;;
  esac
}

choose_options() {
  local name=$1
  # The JVM's own words go to stderr: what is written to stdout is data. A cache that does not fit costs time alone.
  options=(-XX:+UseSerialGC -Xlog:disable -Xlog:all=error:stderr -Dfile.encoding=UTF-8
    --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED)
  if [ -z "$name" ]; then
    options+=(-Xmx128m -XX:TieredStopAtLevel=1 -XX:-UsePerfData)
    return
  fi
  # Without memory nothing that was promised can be kept: the process ends, and is started again by whoever runs it.
  options+=(-Xmx256m -XX:+ExitOnOutOfMemoryError)
  if [ -n "${TOOLSTREAM_AOT_OUTPUT:-}" ]; then
    options+=("-XX:AOTCacheOutput=$TOOLSTREAM_AOT_OUTPUT")
  elif [ -s "$home/aot/$name.aot" ]; then
    options+=("-XX:AOTCache=$home/aot/$name.aot")
  fi
}

choose_options "$(service "$@")"
# shellcheck disable=SC2206 # options are words
options+=(${JAVA_OPTS:-} ${TOOLSTREAM_JAVA_OPTS:-})
exec "$java" "${options[@]}" -cp "$(class_path)" io.toolstream.cli.Toolstream "$@"
