package io.toolstream.wire.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Finds the elements of a JSON array. */
public final class JsonArray {
    private JsonArray() {}

    /** At most {@code max} first elements of a text, or null where it begins no well-formed array. Never throws. */
    public static @Nullable List<JsonValue> elements(JsonSpan array, int max) {
        try {
            return JsonWalk.over(array, JsonLimits.GENEROUS, "", walk -> elements(walk, max));
        } catch (JsonWalk.Stop malformed) {
            return null;
        }
    }

    private static List<JsonValue> elements(JsonWalk walk, int max) {
        List<JsonValue> elements = new ArrayList<>();
        if (walk.next() != JsonToken.START_ARRAY) {
            throw new JsonWalk.Stop(new JsonFault(JsonFault.Kind.MALFORMED, "an array expected"));
        }
        JsonToken first = walk.next();
        while (elements.size() < max && first != null && first != JsonToken.END_ARRAY) {
            elements.add(walk.deferredValue(first));
            first = walk.next();
        }
        return elements;
    }
}
