package io.toolstream.wire.json;

import io.toolstream.wire.json.JsonFault.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * The fields of one JSON object in their order: scalars read, everything else as the place where it stands. Where the
 * text is broken, the fields before the break.
 */
public final class JsonObject {
    private final String pointer;
    private final JsonFields fields = new JsonFields();
    private final Map<String, JsonObject> along;
    private @Nullable JsonFault fault;

    private JsonObject(String pointer, Map<String, JsonObject> along) {
        this.pointer = pointer;
        this.along = along;
    }

    /**
     * Reads a text that should be one object and nothing else. Never throws.
     *
     * @param pointer the JSON pointer of the object within what it is a part of, for messages
     */
    public static JsonObject read(JsonSpan source, JsonLimits limits, String pointer) {
        return JsonWalk.over(source, limits, pointer, walk -> {
            JsonObject object = new JsonObject(pointer, limits.along().isEmpty() ? Map.of() : new HashMap<>());
            JsonFault fault = object.read(walk, limits);
            object.fault = fault == null ? walk.flaw() : fault;
            return object;
        });
    }

    private @Nullable JsonFault read(JsonWalk walk, JsonLimits limits) {
        try {
            JsonToken first = walk.next();
            if (first != JsonToken.START_OBJECT) {
                return notAnObject(first);
            }
            while (walk.next() == JsonToken.PROPERTY_NAME) {
                readField(walk, limits);
            }
        } catch (JsonWalk.Stop stop) {
            return stop.fault();
        }
        return trailing(walk);
    }

    private void readField(JsonWalk walk, JsonLimits limits) {
        String name = walk.name();
        JsonToken first = first(walk);
        if (name.equals(limits.deferred())) {
            readDeferred(walk, name, first);
        } else if (first == JsonToken.START_OBJECT && limits.along().contains(name)) {
            readAlong(walk, name);
        } else {
            fields.add(name, walk.value(first));
        }
    }

    private static JsonToken first(JsonWalk walk) {
        JsonToken first = walk.next();
        if (first == null) {
            throw new IllegalStateException("the parser ended after a name without saying so");
        }
        return first;
    }

    /** Of a nested object with a flaw only the place is kept: that is told by whoever reads it on its own. */
    private void readAlong(JsonWalk walk, String name) {
        int begin = walk.begin();
        JsonObject object = new JsonObject(pointerTo(name), Map.of());
        boolean isFlawless = object.readNested(walk);
        JsonValue value = new JsonValue(JsonKind.OBJECT, walk.spanFrom(begin), "");
        if (fields.add(name, value) && isFlawless) {
            along.put(name, object);
        }
    }

    private boolean readNested(JsonWalk walk) {
        boolean isFlawless = true;
        while (walk.next() == JsonToken.PROPERTY_NAME) {
            String name = walk.name();
            boolean isNew = fields.add(name, walk.value(first(walk)));
            isFlawless &= isNew && name.length() <= JsonLimits.NAME_CHARS;
        }
        return isFlawless;
    }

    /** A broken object is kept as far as it goes: what it holds before the break may tell whose call it is. */
    private void readDeferred(JsonWalk walk, String name, JsonToken first) {
        int begin = walk.begin();
        try {
            fields.add(name, walk.deferredValue(first));
        } catch (JsonWalk.Stop stop) {
            if (first == JsonToken.START_OBJECT) {
                fields.add(name, walk.broken(begin));
            }
            throw stop;
        }
    }

    private JsonFault notAnObject(@Nullable JsonToken first) {
        if (first == null) {
            return new JsonFault(Kind.EMPTY, "nothing but whitespace" + where() + ", a JSON object expected");
        }
        return new JsonFault(
                Kind.NOT_AN_OBJECT, "found " + JsonWalk.kind(first).words() + where() + ", a JSON object expected");
    }

    private static @Nullable JsonFault trailing(JsonWalk walk) {
        try {
            if (walk.next() == null) {
                return null;
            }
            return new JsonFault(Kind.TRAILING, "a second value begins at " + walk.position() + ", one expected");
        } catch (JsonWalk.Stop stop) {
            return new JsonFault(
                    Kind.TRAILING,
                    "the object is followed by something else: " + stop.fault().message());
        }
    }

    private String where() {
        return pointer.isEmpty() ? "" : " at " + pointer;
    }

    /** What is wrong with the text, if anything; the fields read are there nevertheless. */
    public @Nullable JsonFault fault() {
        return fault;
    }

    public @Nullable JsonValue field(String name) {
        return fields.get(name);
    }

    /** The fields of an object within this one, if it was read along with it. */
    public @Nullable JsonObject along(String name) {
        return along.get(name);
    }

    public Iterable<String> names() {
        return fields.names();
    }

    /** The JSON pointer of a field, as messages name it. */
    public String pointerTo(String name) {
        return pointer + "/" + Quoted.shortened(name);
    }
}
