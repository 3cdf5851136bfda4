package io.toolstream.worker.catalogue;

import io.toolstream.mcp.CatalogueDrift;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.worker.invoke.Tool;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is known of one tool server.
 *
 * @param isKnown whether its tools have been read at least once; a server that is down keeps those it had
 * @param tools by name
 * @param disabled tools that cannot be called, by name, with the reason
 */
public record ServerTools(
        String name, Condition condition, boolean isKnown, Map<String, Tool> tools, Map<String, String> disabled) {
    public ServerTools {
        tools = Map.copyOf(tools);
        disabled = Map.copyOf(disabled);
    }

    static ServerTools unread(String name) {
        return new ServerTools(name, new Condition(Health.UNKNOWN, null), false, Map.of(), Map.of());
    }

    /** What has become of the tools since then; of the same server. */
    CatalogueDrift driftFrom(ServerTools before) {
        Set<String> added = new HashSet<>(tools.keySet());
        added.removeAll(before.tools.keySet());
        Set<String> removed = new HashSet<>(before.tools.keySet());
        removed.removeAll(tools.keySet());
        Set<String> changed = new HashSet<>(tools.keySet());
        changed.removeAll(added);
        changed.removeIf(name -> digest(name).equals(before.digest(name)));
        return new CatalogueDrift(added, removed, changed);
    }

    private String digest(String tool) {
        Tool known = tools.get(tool);
        return known == null ? "" : known.digest();
    }

    ServerTools in(Condition now) {
        return new ServerTools(name, now, isKnown, tools, disabled);
    }
}
