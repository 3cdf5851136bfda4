package io.toolstream.worker.meter;

import io.micrometer.core.instrument.Tags;
import io.toolstream.worker.invoke.Tool;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a tool. The first {@code limit} tools keep their names, all later ones are {@code other}, and a call that
 * was not resolved to a tool is {@code unknown}: a label for every name a caller writes would be a memory leak. Any thread;
 * a race may let a few more than {@code limit} through.
 */
final class ToolLabels {
    private static final Tags OTHER = labels("other", "other");
    private static final Tags UNKNOWN = labels("unknown", "unknown");

    private final Map<Name, Tags> known = new ConcurrentHashMap<>();
    private final int limit;

    ToolLabels(int limit) {
        this.limit = limit;
    }

    Tags of(@Nullable Tool tool) {
        if (tool == null) {
            return UNKNOWN;
        }
        Name name = new Name(tool.server(), tool.name());
        Tags labels = known.get(name);
        if (labels == null) {
            return known.size() < limit
                    ? known.computeIfAbsent(name, unused -> labels(tool.server(), tool.name()))
                    : OTHER;
        }
        return labels;
    }

    private static Tags labels(String server, String tool) {
        return Tags.of("mcp.server", server, "gen_ai.tool.name", tool);
    }

    private record Name(String server, String tool) {}
}
