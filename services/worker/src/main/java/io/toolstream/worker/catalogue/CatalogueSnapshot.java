package io.toolstream.worker.catalogue;

import io.toolstream.worker.invoke.Tool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All tool servers and their tools at one moment; immutable. */
public final class CatalogueSnapshot {
    private final Map<String, ServerTools> servers;
    private final Map<String, List<Tool>> byComposedName;

    public CatalogueSnapshot(Collection<ServerTools> servers) {
        Map<String, ServerTools> byName = new LinkedHashMap<>();
        Map<String, List<Tool>> composed = new HashMap<>();
        for (ServerTools server : servers) {
            byName.put(server.name(), server);
            server.tools()
                    .values()
                    .forEach(tool -> ComposedNames.of(server.name(), tool.name())
                            .forEach(name -> composed.computeIfAbsent(name, unused -> new ArrayList<>(1))
                                    .add(tool)));
        }
        this.servers = Collections.unmodifiableMap(byName);
        this.byComposedName = Collections.unmodifiableMap(composed);
    }

    /** In the order of the operator's file. */
    public Collection<ServerTools> servers() {
        return servers.values();
    }

    public Optional<ServerTools> server(String name) {
        return Optional.ofNullable(servers.get(name));
    }

    /** The tools that one of the {@link ComposedNames} may mean: none, one, or several where names are unlucky. */
    public List<Tool> named(String composedName) {
        return Collections.unmodifiableList(byComposedName.getOrDefault(composedName, List.of()));
    }
}
