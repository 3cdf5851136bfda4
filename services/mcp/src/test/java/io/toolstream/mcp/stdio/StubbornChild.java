package io.toolstream.mcp.stdio;

import java.util.List;

/**
 * A tool server as a shell script that ignores the end of its stdin and SIGTERM, and has a child of its own that does as
 * well. Every call is answered with the two process ids.
 */
final class StubbornChild {
    private static final String SCRIPT = """
            trap '' TERM
            sh -c 'trap "" TERM; while :; do sleep 1; done' </dev/null >/dev/null 2>&1 &
            grandchild=$!
            while read -r line; do
              id=$(printf '%s' "$line" | sed -n 's/^{"jsonrpc":"2.0","id":\\([0-9]*\\).*/\\1/p')
              case "$line" in
                *'"method":"initialize"'*)
                  printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2024-11-05","capabilities":{}}}\\n' "$id";;
                *'"method":"notifications/'*) ;;
                *) printf '{"jsonrpc":"2.0","id":%s,"result":{"content":[],"pids":"%s %s"}}\\n' "$id" $$ "$grandchild";;
              esac
            done
            while :; do sleep 1; done
            """;

    private StubbornChild() {}

    static List<String> command() {
        return List.of("sh", "-c", SCRIPT);
    }

    /** From a result as text. */
    static List<Long> pids(String result) {
        String pids = result.replaceFirst(".*\"pids\":\"([0-9 ]*)\".*", "$1");
        return List.of(pids.split(" ")).stream().map(Long::valueOf).toList();
    }

    static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
