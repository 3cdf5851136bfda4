package io.toolstream.client;

import io.toolstream.wire.RawJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a call: one JSON object given as a whole, or as its text, or built member by member. Immutable. */
final class Arguments {
    static final Arguments NONE = new Arguments(null, null, Map.of());

    private final @Nullable RawJson whole;
    private final @Nullable String text;
    private final Map<String, RawJson> members;

    private Arguments(@Nullable RawJson whole, @Nullable String text, Map<String, RawJson> members) {
        this.whole = whole;
        this.text = text;
        this.members = members;
    }

    static Arguments whole(RawJson json) {
        return new Arguments(json, null, Map.of());
    }

    /** Of an object, if it is well-formed: the worker reads it. */
    static Arguments text(String json) {
        return new Arguments(JsonText.of(json), json, Map.of());
    }

    Arguments with(String name, @Nullable Object value) {
        if (whole != null) {
            throw new IllegalStateException("argument '" + name + "': the arguments were already given as a whole");
        }
        Map<String, RawJson> more = new LinkedHashMap<>(members);
        more.put(name, JsonText.of(value));
        return new Arguments(null, null, Collections.unmodifiableMap(more));
    }

    RawJson json() {
        return whole != null ? whole : JsonText.of(members);
    }

    /** The object itself, also where it travels as text; then perhaps none. */
    RawJson object() {
        if (text == null) {
            return json();
        }
        return text.isBlank() ? RawJson.EMPTY_OBJECT : RawJson.ofText(text.strip());
    }
}
