package io.toolstream.settings;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes records as the tree they would be bound from: the way defaults and profiles become layers. */
final class Unbinder {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Unbinder() {}

    static ObjectNode tree(Record record) {
        ObjectNode tree = NODES.objectNode();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(component, record);
            if (value != null) {
                tree.set(component.getName(), node(component.getName(), value));
            }
        }
        return tree;
    }

    private static @Nullable Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static JsonNode node(String name, Object value) {
        if (value instanceof Record record) {
            return tree(record);
        }
        if (value instanceof Duration duration) {
            return NODES.stringNode(Durations.text(duration));
        }
        if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        if (value instanceof Number number) {
            return number(name, number.longValue());
        }
        return value instanceof Enum<?> constant ? NODES.stringNode(Binder.name(constant)) : collection(name, value);
    }

    private static JsonNode number(String name, long value) {
        String size = Sizes.text(value);
        return (name.equals("bytes") || name.endsWith("Bytes")) && !Character.isDigit(size.charAt(size.length() - 1))
                ? NODES.stringNode(size)
                : NODES.numberNode(value);
    }

    private static JsonNode collection(String name, Object value) {
        if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(item -> array.add(node(name, item)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((key, item) -> object.set(key.toString(), node(name, item)));
            return object;
        }
        return NODES.stringNode(value.toString());
    }
}
