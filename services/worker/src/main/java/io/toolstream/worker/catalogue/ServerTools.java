package io.toolstream.worker.catalogue;

import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.worker.invoke.Tool;
import java.util.Map;

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

    ServerTools in(Condition now) {
        return new ServerTools(name, now, isKnown, tools, disabled);
    }
}
