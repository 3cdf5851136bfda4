package io.toolstream.client;

import io.toolstream.wire.CatalogueEntry.OfServer;
import io.toolstream.wire.CatalogueEntry.OfTool;
import java.util.List;
import java.util.Optional;

/** The tool servers and tools that workers announced, as of one moment; servers by name, tools by server and name. */
public record Catalogue(List<OfServer> servers, List<OfTool> tools) {
    private static final List<String> SEPARATORS = List.of("__", ".", "/", ":");

    public Catalogue {
        servers = List.copyOf(servers);
        tools = List.copyOf(tools);
    }

    public Optional<OfServer> server(String name) {
        return servers.stream().filter(server -> server.name().equals(name)).findFirst();
    }

    public List<OfTool> toolsOf(String server) {
        return tools.stream().filter(tool -> tool.server().equals(server)).toList();
    }

    public Optional<OfTool> tool(String server, String name) {
        return tools.stream()
                .filter(tool -> tool.server().equals(server) && tool.name().equals(name))
                .findFirst();
    }

    /** The tool whose one name also names its server, in any form in use; never by splitting, since both may hold any sign. */
    public Optional<OfTool> tool(String composedName) {
        return tools.stream()
                .filter(tool -> SEPARATORS.stream()
                        .anyMatch(separator -> composedName.equals(tool.server() + separator + tool.name())
                                || composedName.equals("mcp__" + tool.server() + separator + tool.name())))
                .findFirst();
    }
}
