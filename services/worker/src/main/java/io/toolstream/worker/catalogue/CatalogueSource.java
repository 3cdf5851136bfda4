package io.toolstream.worker.catalogue;

import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.ToolServer;
import io.toolstream.settings.Effect;
import io.toolstream.settings.ToolPolicy;
import io.toolstream.wire.CatalogueEntry.Transport;
import java.util.function.Function;

/**
 * One tool server to be read.
 *
 * @param effects decides what each of its tools may do to the world
 * @param policies what the operator wants for the calls of each, by name
 */
public record CatalogueSource(
        ToolServer server,
        Transport transport,
        Function<ToolDefinition, Effect> effects,
        Function<String, ToolPolicy> policies,
        ReadTimes times) {
    /** Without a word of the operator on single tools. */
    public CatalogueSource(
            ToolServer server, Transport transport, Function<ToolDefinition, Effect> effects, ReadTimes times) {
        this(server, transport, effects, tool -> ToolPolicy.DEFAULT, times);
    }

    String name() {
        return server.name();
    }
}
