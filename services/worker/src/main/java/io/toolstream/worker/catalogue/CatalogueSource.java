package io.toolstream.worker.catalogue;

import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.ToolServer;
import io.toolstream.settings.Effect;
import io.toolstream.wire.CatalogueEntry.Transport;
import java.util.function.Function;

/**
 * One tool server to be read.
 *
 * @param effects decides what each of its tools may do to the world
 */
public record CatalogueSource(
        ToolServer server, Transport transport, Function<ToolDefinition, Effect> effects, ReadTimes times) {
    String name() {
        return server.name();
    }
}
