package io.toolstream.client;

import io.toolstream.wire.CatalogueEntry.AtWorker;
import io.toolstream.wire.CatalogueEntry.OfServer;
import io.toolstream.wire.CatalogueEntry.OfTool;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tool servers and tools that workers announced, as of one moment; servers by name, tools by server and name.
 *
 * @param workers servers as single workers find them, by server and worker; those of workers that are gone may stay a while
 */
public record Catalogue(List<OfServer> servers, List<OfTool> tools, List<AtWorker> workers) {
    private static final List<String> SEPARATORS = List.of("__", ".", "/", ":", "_");

    public Catalogue {
        servers = List.copyOf(servers);
        tools = List.copyOf(tools);
        workers = List.copyOf(workers);
    }

    /** Of which no worker has said how it finds its servers. */
    public Catalogue(List<OfServer> servers, List<OfTool> tools) {
        this(servers, tools, List.of());
    }

    /** Empty where no worker announced it. */
    public Optional<OfServer> server(String name) {
        return servers.stream().filter(server -> server.name().equals(name)).findFirst();
    }

    /** How workers find this server, each one for itself. */
    public List<AtWorker> workersOf(String server) {
        return workers.stream().filter(state -> state.server().equals(server)).toList();
    }

    /** Those of one server; none where no worker announced it. */
    public List<OfTool> toolsOf(String server) {
        return tools.stream().filter(tool -> tool.server().equals(server)).toList();
    }

    /** Empty where no worker announced it. */
    public Optional<OfTool> tool(String server, String name) {
        return tools.stream()
                .filter(tool -> tool.server().equals(server) && tool.name().equals(name))
                .findFirst();
    }

    /** The tool whose one name also names its server, in any form in use; never by splitting, since both may hold any sign. */
    public Optional<OfTool> tool(String composedName) {
        return tools.stream()
                .filter(tool -> composedNames(tool.server(), tool.name()).anyMatch(composedName::equals))
                .findFirst();
    }

    /** All names in use that name a tool and its server. */
    public static Stream<String> composedNames(String server, String tool) {
        return SEPARATORS.stream()
                .flatMap(separator -> Stream.of(server + separator + tool, "mcp__" + server + separator + tool));
    }
}
