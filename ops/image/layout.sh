#!/usr/bin/env bash
# Lays out what the image holds: layout.sh JARS HOME
#   JARS    the folder with every jar of the command (services/cli/target/dist/lib, left behind by a build)
#   HOME    a folder that is not there yet: gets bin/ (toolstream, ready), lib/, and an empty aot/
# Also without Docker: `mvn -Dquick -Ddist -Dmaven.test.skip package -pl services/cli -am` makes the jars.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
[ $# -eq 2 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
jars=$1 home=$2

[ -n "$(find "$jars" -maxdepth 1 -name 'toolstream-cli-*.jar' -print -quit)" ] || { echo "no toolstream-cli in $jars" >&2; exit 1; }
[ ! -e "$home" ] || { echo "$home is there already" >&2; exit 1; }

mkdir -p "$home/bin" "$home/lib" "$home/aot"
cp -p "$jars"/*.jar "$home/lib/"
# What only measures: the benches, and the programs they measure against.
rm -f "$home"/lib/{jmh-core,mcp,mcp-core,mcp-json-jackson3}-[0-9]*.jar
install -m 755 "$here/toolstream.sh" "$home/bin/toolstream"
install -m 755 "$here/ready.sh" "$home/bin/ready"
