package io.toolstream.worker.admission;

import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Refusal;
import io.toolstream.wire.Target;
import io.toolstream.worker.admission.Resolution.Found;
import io.toolstream.worker.admission.Resolution.PerhapsStale;
import io.toolstream.worker.admission.Resolution.Refused;
import io.toolstream.worker.catalogue.CatalogueSnapshot;
import io.toolstream.worker.catalogue.ComposedNames;
import io.toolstream.worker.catalogue.ServerTools;
import io.toolstream.worker.invoke.Quoted;
import io.toolstream.worker.invoke.Tool;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the tool that a call names, in one snapshot of the catalogue. Pure. */
final class ToolResolver {
    private ToolResolver() {}

    static Resolution resolve(CatalogueSnapshot catalogue, Target target) {
        String server = target.server();
        return server == null
                ? composed(catalogue, target.tool())
                : catalogue
                        .server(server)
                        .map(tools -> onServer(tools, target.tool()))
                        .orElseGet(() -> unknownServer(catalogue, server));
    }

    private static Resolution composed(CatalogueSnapshot catalogue, String name) {
        List<Tool> meant = catalogue.named(name);
        return switch (meant.size()) {
            case 1 -> new Found(meant.get(0));
            case 0 ->
                serverNamedBy(catalogue, name)
                        .map(server -> notOnServer(catalogue, server, name))
                        .orElseGet(() -> unknownName(catalogue, name));
            default -> ambiguous(name, meant);
        };
    }

    private static Resolution onServer(ServerTools server, String name) {
        Tool tool = server.tools().get(name);
        return tool == null ? missing(server, name) : new Found(tool);
    }

    /** A name that begins like a server's: its tool may be disabled, new, or unknown since the server is down. */
    private static Resolution notOnServer(CatalogueSnapshot catalogue, ServerTools server, String name) {
        String tool = ComposedNames.prefixes(server.name())
                .filter(name::startsWith)
                .map(prefix -> name.substring(prefix.length()))
                .findFirst()
                .orElse(name);
        return server.isKnown() && !server.disabled().containsKey(tool)
                ? new PerhapsStale(server.name(), unknownTool(name, Suggestions.composed(catalogue, name)))
                : missing(server, tool);
    }

    private static Resolution missing(ServerTools server, String name) {
        String why = server.disabled().get(name);
        if (why != null) {
            return new Refused(new Refusal(
                    ErrorCode.TOOL_DISABLED,
                    "tool " + Quoted.of(name) + " of " + server.name() + " is disabled: " + why));
        }
        return new PerhapsStale(
                server.name(),
                server.isKnown()
                        ? unknownTool(name, Suggestions.of(name, server.tools().keySet()))
                        : unavailable(server));
    }

    private static Refusal unavailable(ServerTools server) {
        String reason = server.condition().health() == Health.UNHEALTHY
                ? String.valueOf(server.condition().reason())
                : "its tools are still being read";
        return new Refusal(
                ErrorCode.SERVER_UNAVAILABLE, "tool server " + server.name() + " is not available: " + reason);
    }

    private static Optional<ServerTools> serverNamedBy(CatalogueSnapshot catalogue, String name) {
        return catalogue.servers().stream()
                .filter(server -> ComposedNames.prefixes(server.name()).anyMatch(name::startsWith))
                .findFirst();
    }

    private static Resolution unknownServer(CatalogueSnapshot catalogue, String server) {
        List<String> known = catalogue.servers().stream().map(ServerTools::name).toList();
        return new Refused(new Refusal(
                ErrorCode.UNKNOWN_SERVER,
                "there is no tool server " + Quoted.of(server) + Suggestions.of(server, known)));
    }

    private static Resolution unknownName(CatalogueSnapshot catalogue, String name) {
        return new Refused(unknownTool(
                name,
                Suggestions.composed(catalogue, name)
                        + "; without a server, the tool must name it: server__tool, mcp__server__tool, server.tool, server/tool or"
                        + " server:tool"));
    }

    private static Refusal unknownTool(String name, String suggestions) {
        return new Refusal(ErrorCode.UNKNOWN_TOOL, "there is no tool " + Quoted.of(name) + suggestions);
    }

    private static Resolution ambiguous(String name, List<Tool> meant) {
        String titles = meant.stream().map(Tool::title).sorted().collect(Collectors.joining(" or "));
        return new Refused(new Refusal(
                ErrorCode.AMBIGUOUS_TOOL, Quoted.of(name) + " may mean " + titles + "; name the server apart"));
    }
}
