package io.toolstream.worker.cache;

import io.toolstream.worker.invoke.Tool;
import java.util.List;
import java.util.stream.Stream;

/** A tool of a server, by name. What is kept of it is void for all tenants at once: they may see the same world. */
public record ToolName(String server, String tool) {
    static ToolName of(Tool tool) {
        return new ToolName(tool.server(), tool.name());
    }

    /**
     * The tools whose kept answers this one makes void. A name with a slash may be that of a tool of the same server, or a
     * server's and a tool's: both are meant, since one answer too few kept does no harm.
     */
    static List<ToolName> voidedBy(Tool tool) {
        List<String> names = tool.policy().invalidates();
        if (names.isEmpty()) {
            return List.of();
        }
        return names.stream()
                .flatMap(name -> readings(tool.server(), name))
                .distinct()
                .toList();
    }

    private static Stream<ToolName> readings(String server, String name) {
        int slash = name.indexOf('/');
        ToolName own = new ToolName(server, name);
        return slash <= 0
                ? Stream.of(own)
                : Stream.of(own, new ToolName(name.substring(0, slash), name.substring(slash + 1)));
    }
}
