package io.toolstream.settings;

import io.toolstream.settings.source.Pointers;
import io.toolstream.settings.source.SourceTree;
import java.util.List;

/**
 * Fills in what the operator left out of the sections of single servers and tools: from the server, from what holds for all
 * servers, from defaults; each value keeps where it came from.
 */
final class ServerLayers {
    private static final String MCP = "/mcp";
    private static final String RETRIES = "/mcp/retries";

    private final SourceTree tree;
    private final SourceTree explicit;
    private final SourceTree general;

    private ServerLayers(SourceTree tree, SourceTree explicit) {
        this.tree = tree;
        this.explicit = explicit;
        this.general = tree.section(MCP).under(MCP);
    }

    /**
     * @param tree all layers
     * @param explicit only what the operator set
     */
    static SourceTree completed(SourceTree tree, SourceTree explicit) {
        ServerLayers layers = new ServerLayers(tree, explicit);
        SourceTree completed = tree;
        for (String name : tree.root().path("servers").propertyNames()) {
            completed = layers.server(Pointers.child("/servers", name), completed);
        }
        return completed;
    }

    private SourceTree server(String at, SourceTree whole) {
        SourceTree own = own(at);
        SourceTree mcp = Followers.adjustedMcp(own.over(general), List.of(explicit, own));
        SourceTree server = filled(whole, ServerPolicy.DEFAULT, at);
        if (!own.root().isEmpty()) {
            server = mcp.section(MCP).under(at + MCP).over(server);
        }
        for (String tool : tree.root().at(at + "/tools").propertyNames()) {
            server = tool(Pointers.child(at + "/tools", tool), mcp, own, server);
        }
        return server;
    }

    /** What is said of one server alone, as a section {@code mcp}. */
    private SourceTree own(String at) {
        SourceTree own = has(at + MCP) ? tree.section(at + MCP).under(MCP) : SourceTree.empty(tree.place());
        String shortForm = at + "/callTimeout";
        return has(shortForm) ? own.over(tree.section(shortForm).under("/mcp/timeouts/call")) : own;
    }

    private SourceTree tool(String at, SourceTree mcp, SourceTree server, SourceTree whole) {
        boolean saysCache = has(at + "/cache");
        SourceTree own =
                has(at + "/retries") ? tree.section(at + "/retries").under(RETRIES) : SourceTree.empty(tree.place());
        SourceTree retries = Followers.adjustedMcp(own.over(mcp), List.of(explicit, server, own));
        ToolSettings usual = new ToolSettings(
                null, null, RetrySettings.DEFAULT, saysCache ? ToolCacheSettings.ON : ToolCacheSettings.OFF, List.of());
        return filled(retries.section(RETRIES).under(at + "/retries").over(whole), usual, at);
    }

    /** With defaults for what is missing, after what is there. */
    private static SourceTree filled(SourceTree whole, Record defaults, String at) {
        SourceTree weak = WeakLayers.layer(Unbinder.tree(defaults), "default").under(at);
        return whole.over(weak).section(at).under(at).over(whole);
    }

    private boolean has(String pointer) {
        return tree.root().at(pointer).isValueNode() || tree.root().at(pointer).isObject();
    }
}
