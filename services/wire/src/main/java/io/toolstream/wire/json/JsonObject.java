package io.toolstream.wire.json;

import io.toolstream.wire.json.JsonFault.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * The fields of one JSON object in their order: scalars read, everything else as the place where it stands. Where the
 * text is broken, the fields before the break.
 */
public final class JsonObject {
    private final String pointer;
    private final Map<String, JsonValue> fields = new LinkedHashMap<>();
    private @Nullable JsonFault fault;

    private JsonObject(String pointer) {
        this.pointer = pointer;
    }

    /**
     * Reads a text that should be one object and nothing else. Never throws.
     *
     * @param pointer the JSON pointer of the object within what it is a part of, for messages
     */
    public static JsonObject read(JsonSpan source, JsonLimits limits, String pointer) {
        return JsonWalk.over(source, limits, pointer, walk -> {
            JsonObject object = new JsonObject(pointer);
            JsonFault fault = object.read(walk, limits.deferred());
            object.fault = fault == null ? walk.flaw() : fault;
            return object;
        });
    }

    private @Nullable JsonFault read(JsonWalk walk, @Nullable String deferred) {
        try {
            JsonToken first = walk.next();
            if (first != JsonToken.START_OBJECT) {
                return notAnObject(first);
            }
            while (walk.next() == JsonToken.PROPERTY_NAME) {
                readField(walk, deferred);
            }
        } catch (JsonWalk.Stop stop) {
            return stop.fault();
        }
        return trailing(walk);
    }

    private void readField(JsonWalk walk, @Nullable String deferred) {
        String name = walk.name();
        JsonToken first = walk.next();
        if (first == null) {
            throw new IllegalStateException("the parser ended after a name without saying so");
        }
        if (name.equals(deferred)) {
            readDeferred(walk, name, first);
        } else {
            fields.putIfAbsent(name, walk.value(first));
        }
    }

    /** A broken object is kept as far as it goes: what it holds before the break may tell whose call it is. */
    private void readDeferred(JsonWalk walk, String name, JsonToken first) {
        int begin = walk.begin();
        try {
            fields.putIfAbsent(name, walk.deferredValue(first));
        } catch (JsonWalk.Stop stop) {
            if (first == JsonToken.START_OBJECT) {
                fields.putIfAbsent(name, walk.broken(begin));
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

    public Iterable<String> names() {
        return fields.keySet();
    }

    /** The JSON pointer of a field, as messages name it. */
    public String pointerTo(String name) {
        return pointer + "/" + Quoted.shortened(name);
    }
}
