package io.toolstream.settings;

import io.toolstream.settings.source.Origin;
import io.toolstream.settings.source.Pointers;
import io.toolstream.settings.source.SourceTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What holds where the operator says nothing: defaults, and over them the values of the profile. */
final class WeakLayers {
    private WeakLayers() {}

    /** @param mcp the profile's values for servers of one kind of place */
    static SourceTree of(Profile profile, McpSettings mcp, String workerId) {
        ObjectNode defaults = Unbinder.tree(ToolstreamSettings.defaults());
        defaults.remove(List.of("remoteMcp", "remoteServers"));
        ((ObjectNode) defaults.get("worker")).put("id", workerId);
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        differences(Unbinder.tree(mcp), defaults.get("mcp")).ifPresent(different -> values.set("mcp", different));
        return layer(values, "profile " + profile.text()).over(layer(defaults, "default"));
    }

    /** What the profile leaves as it is stays a default. */
    private static Optional<ObjectNode> differences(JsonNode profile, JsonNode defaults) {
        ObjectNode different = JsonNodeFactory.instance.objectNode();
        profile.forEachEntry((name, value) -> {
            JsonNode usual = defaults.path(name);
            if (value.isObject()) {
                differences(value, usual).ifPresent(inner -> different.set(name, inner));
            } else if (!value.equals(usual)) {
                different.set(name, value);
            }
        });
        return different.isEmpty() ? Optional.empty() : Optional.of(different);
    }

    static SourceTree layer(ObjectNode values, String place) {
        Map<String, Origin> origins = new HashMap<>();
        mark(values, "", Origin.of(place), origins);
        return new SourceTree(place, values, Map.of(), origins);
    }

    private static void mark(JsonNode node, String pointer, Origin origin, Map<String, Origin> into) {
        into.put(pointer, origin);
        node.forEachEntry((name, child) -> mark(child, Pointers.child(pointer, name), origin, into));
    }
}
