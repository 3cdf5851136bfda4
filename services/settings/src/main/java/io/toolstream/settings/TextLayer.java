package io.toolstream.settings;

import io.toolstream.settings.source.Origin;
import io.toolstream.settings.source.Pointers;
import io.toolstream.settings.source.SourceTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A layer made of single texts at single keys, as variables and flags are. */
final class TextLayer {
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final Map<String, Origin> origins = new HashMap<>();

    /** Later ones win. */
    void put(List<String> path, Definition definition, String text, Origin origin) {
        ObjectNode section = root;
        String pointer = "";
        for (String name : path.subList(0, path.size() - 1)) {
            pointer = Pointers.child(pointer, name);
            origins.put(pointer, origin);
            JsonNode next = section.get(name);
            section = next instanceof ObjectNode object ? object : section.putObject(name);
        }
        String last = path.get(path.size() - 1);
        origins.put(Pointers.child(pointer, last), origin);
        section.set(last, TextValue.of(definition, text));
    }

    SourceTree tree(String place) {
        return new SourceTree(place, root, Map.of(), origins);
    }
}
