package io.toolstream.settings.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tree of values that knows where each of them stands. Not changed once it is made.
 *
 * @param place what an error in the whole of it is reported against
 * @param keys JSON pointer to where the key stands
 * @param values JSON pointer to where the value stands
 */
public record SourceTree(String place, JsonNode root, Map<String, Origin> keys, Map<String, Origin> values) {
    public static SourceTree empty(String place) {
        return new SourceTree(place, JsonNodeFactory.instance.objectNode(), Map.of(), Map.of());
    }

    /** A problem with a value. */
    public Problem problem(String pointer, String message) {
        return new Problem(origin(pointer), pointer, message);
    }

    /** A problem with the key of a member. */
    public Problem keyProblem(String pointer, String message) {
        return new Problem(keyOrigin(pointer), pointer, message);
    }

    /** Where the key of a member stands. */
    public Origin keyOrigin(String pointer) {
        Origin key = keys.get(pointer);
        return key == null ? origin(pointer) : key;
    }

    /** Where a value stands; for one that is missing, what should hold it. */
    public Origin origin(String pointer) {
        String at = pointer;
        while (!values.containsKey(at) && !at.isEmpty()) {
            at = Pointers.parent(at);
        }
        return values.getOrDefault(at, Origin.of(place));
    }

    /** This tree laid over a weaker one: objects are merged, everything else is replaced, null leaves the weaker value. */
    public SourceTree over(SourceTree weaker) {
        Map<String, Origin> allKeys = new HashMap<>(weaker.keys);
        Map<String, Origin> allValues = new HashMap<>(weaker.values);
        allKeys.putAll(keys);
        copyValues(root, "", allValues);
        return new SourceTree(place, merged(root, weaker.root), allKeys, allValues);
    }

    /** What stands at a pointer, as a tree of its own. */
    public SourceTree section(String pointer) {
        return new SourceTree(place, root.at(pointer), below(keys, pointer), below(values, pointer));
    }

    /** This tree as what stands at a pointer of a larger one. */
    public SourceTree under(String pointer) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        ObjectNode section = whole;
        List<String> names = Pointers.names(pointer);
        for (String name : names.subList(0, names.size() - 1)) {
            section = section.putObject(name);
        }
        section.set(names.get(names.size() - 1), root);
        return new SourceTree(place, whole, above(keys, pointer), above(values, pointer));
    }

    private static Map<String, Origin> below(Map<String, Origin> origins, String pointer) {
        Map<String, Origin> below = new HashMap<>();
        origins.forEach((at, origin) -> {
            if (at.equals(pointer) || at.startsWith(pointer + "/")) {
                below.put(at.substring(pointer.length()), origin);
            }
        });
        return below;
    }

    private static Map<String, Origin> above(Map<String, Origin> origins, String pointer) {
        Map<String, Origin> above = new HashMap<>();
        origins.forEach((at, origin) -> above.put(pointer + at, origin));
        return above;
    }

    private void copyValues(JsonNode node, String pointer, Map<String, Origin> into) {
        if (node.isNull()) {
            return;
        }
        if (values.containsKey(pointer)) {
            into.put(pointer, origin(pointer));
        }
        node.forEachEntry((name, child) -> copyValues(child, Pointers.child(pointer, name), into));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            copyValues(node.get(i), Pointers.child(pointer, String.valueOf(i)), into);
        }
    }

    private static JsonNode merged(JsonNode strong, JsonNode weak) {
        if (strong.isNull()) {
            return weak;
        }
        if (!strong.isObject() || !weak.isObject()) {
            return strong;
        }
        ObjectNode both = (ObjectNode) weak.deepCopy();
        strong.forEachEntry((name, value) -> {
            JsonNode old = both.get(name);
            if (old != null) {
                both.set(name, merged(value, old));
            } else if (!value.isNull()) {
                both.set(name, value);
            }
        });
        return both;
    }
}
