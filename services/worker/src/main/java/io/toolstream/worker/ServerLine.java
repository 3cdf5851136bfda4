package io.toolstream.worker;

import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.replica.ReplicatedToolServer;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.wire.CatalogueEntry.Transport;
import io.toolstream.worker.catalogue.CatalogueSource;
import io.toolstream.worker.catalogue.ReadTimes;
import io.toolstream.worker.effects.EffectDecision;
import io.toolstream.worker.mcp.Endpoint;
import io.toolstream.worker.mcp.Route;
import java.util.List;

/**
 * What the worker runs for one tool server: connections, the stages that its calls pass, the reading of its tools.
 *
 * @param endpoints in the operator's order
 * @param source where its tools are read
 */
record ServerLine(ServerSetup setup, List<Endpoint> endpoints, Route route, CatalogueSource source) {
    ServerLine {
        endpoints = List.copyOf(endpoints);
    }

    static ServerLine of(ServerSetup setup, List<Endpoint> endpoints, Route route) {
        return new ServerLine(setup, endpoints, route, source(setup, view(setup.name(), endpoints)));
    }

    String name() {
        return setup.name();
    }

    private static CatalogueSource source(ServerSetup setup, ToolServer view) {
        return new CatalogueSource(
                view,
                setup.entry() instanceof ServerEntry.Stdio ? Transport.STDIO : Transport.HTTP,
                new EffectDecision(setup.policy(), setup.isTrusted()),
                tool -> setup.policy().toolPolicy(tool, setup.mcp()),
                new ReadTimes(
                        setup.mcp().catalogueRefresh(),
                        setup.mcp().health().suspectInterval(),
                        setup.mcp().timeouts().connect()));
    }

    /** All endpoints as one: any of them may tell what tools there are. */
    private static ToolServer view(String name, List<Endpoint> endpoints) {
        List<ToolServer> each = endpoints.stream().map(Endpoint::toolServer).toList();
        return each.size() == 1 ? each.get(0) : new ReplicatedToolServer(name, each, false);
    }
}
