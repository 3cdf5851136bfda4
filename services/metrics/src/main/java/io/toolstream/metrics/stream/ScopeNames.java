package io.toolstream.metrics.stream;

import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Event;
import io.toolstream.wire.MetricsScope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What calls are counted under: their server and tool, as long as these are real and not too many. What a caller made up is
 * counted under {@link MetricsScope#OTHER}, and so is what is beyond the numbers here: of each partition of events the first
 * that come have a name.
 */
final class ScopeNames {
    private static final int MOST_SERVERS = 1_000;

    private static final Set<String> NO_SERVER = Set.of(ErrorCode.UNKNOWN_SERVER.text());
    private static final Set<String> NO_TOOL =
            Set.of(ErrorCode.UNKNOWN_TOOL.text(), ErrorCode.AMBIGUOUS_TOOL.text(), ErrorCode.TOOL_DISABLED.text());

    private static final MetricsScope NOBODY = new MetricsScope(MetricsScope.OTHER, MetricsScope.OTHER);

    private final Map<String, Set<String>> known = new HashMap<>();
    private final int mostTools;

    /** @param mostTools of one server */
    ScopeNames(int mostTools) {
        this.mostTools = mostTools;
    }

    MetricsScope of(Event event) {
        String server = event.subject().server();
        String code = event.ending().code();
        if (server == null || (code != null && NO_SERVER.contains(code)) || !isKnown(server)) {
            return NOBODY;
        }
        String tool = event.subject().tool();
        boolean isReal = tool != null && (code == null || !NO_TOOL.contains(code)) && isKnown(server, tool);
        return new MetricsScope(server, isReal ? tool : MetricsScope.OTHER);
    }

    /** Of which a worker told. */
    MetricsScope ofServer(String server) {
        return MetricsScope.server(isKnown(server) ? server : MetricsScope.OTHER);
    }

    private boolean isKnown(String server) {
        return known.containsKey(server) || (known.size() < MOST_SERVERS && known.put(server, new HashSet<>()) == null);
    }

    private boolean isKnown(String server, @Nullable String tool) {
        Set<String> tools = known.getOrDefault(server, Set.of());
        return tools.contains(tool) || (tools.size() < mostTools && tools.add(tool));
    }
}
