package io.toolstream.settings;

import io.toolstream.settings.source.Pointers;
import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.SourceTree;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes records of a tree that has passed the schema: a key is a component, a section is a record. What a constructor
 * refuses becomes a problem at the key that it names.
 */
final class Binder {
    private final SourceTree tree;
    private final Problems problems;

    Binder(SourceTree tree, Problems problems) {
        this.tree = tree;
        this.problems = problems;
    }

    /** Empty if a constructor refused. */
    <T extends Record> Optional<T> bind(Class<T> type, String pointer) {
        return record(type, tree.root().at(pointer), pointer);
    }

    private <T extends Record> Optional<T> record(Class<T> type, JsonNode node, String pointer) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        boolean complete = true;
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            JsonNode child = node.path(name);
            values[i] = child.isMissingNode()
                    ? null
                    : value(components[i].getGenericType(), child, Pointers.child(pointer, name));
            complete &= values[i] != null || child.isMissingNode();
        }
        return complete ? construct(type, values, pointer) : Optional.empty();
    }

    private <T extends Record> Optional<T> construct(Class<T> type, @Nullable Object[] values, String pointer) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            return Optional.of(type.getDeclaredConstructor(types).newInstance(values));
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof InvalidSettings refused)) {
                throw new IllegalStateException("cannot make a " + type.getSimpleName(), e);
            }
            for (Rules.BrokenRule rule : refused.broken()) {
                problems.add(tree.problem(pointer + "/" + rule.key(), rule.expected()));
            }
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type.getSimpleName(), e);
        }
    }

    /** Null if something below was refused. */
    private @Nullable Object value(Type type, JsonNode node, String pointer) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return arguments.length == 1 ? list(arguments[0], node, pointer) : map(arguments[1], node, pointer);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return record(plain.asSubclass(Record.class), node, pointer).orElse(null);
        }
        return plain.isEnum() ? constant(plain, node.stringValue()) : scalar(plain, node);
    }

    private List<Object> list(Type type, JsonNode node, String pointer) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            Object item = value(type, node.get(i), Pointers.child(pointer, String.valueOf(i)));
            if (item != null) {
                list.add(item);
            }
        }
        return list;
    }

    private Map<String, Object> map(Type type, JsonNode node, String pointer) {
        Map<String, Object> map = new LinkedHashMap<>();
        node.forEachEntry((name, child) -> {
            Object item = value(type, child, Pointers.child(pointer, name));
            if (item != null) {
                map.put(name, item);
            }
        });
        return map;
    }

    private static Object scalar(Class<?> type, JsonNode node) {
        if (type == boolean.class || type == Boolean.class) {
            return node.booleanValue();
        }
        if (type == Duration.class) {
            return Durations.parse(node.stringValue()).orElseThrow();
        }
        if (type == String.class) {
            return node.asString();
        }
        long number = node.isString() ? Sizes.parse(node.stringValue()).orElseThrow() : node.asLong();
        return type == int.class ? (Object) (int) Math.min(number, Integer.MAX_VALUE) : (Object) number;
    }

    private static Object constant(Class<?> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> name(constant).equals(text))
                .findFirst()
                .orElseThrow();
    }

    /** As it stands in settings: {@code LOCAL_LLM} is {@code local-llm}. */
    static String name(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
