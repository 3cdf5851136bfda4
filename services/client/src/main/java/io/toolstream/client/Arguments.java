package io.toolstream.client;

import io.toolstream.wire.RawJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a call: one JSON object given as a whole, or built member by member. Immutable. */
final class Arguments {
    static final Arguments NONE = new Arguments(null, Map.of());

    private final @Nullable RawJson whole;
    private final Map<String, RawJson> members;

    private Arguments(@Nullable RawJson whole, Map<String, RawJson> members) {
        this.whole = whole;
        this.members = members;
    }

    static Arguments whole(RawJson json) {
        return new Arguments(json, Map.of());
    }

    Arguments with(String name, @Nullable Object value) {
        if (whole != null) {
            throw new IllegalStateException("argument '" + name + "': the arguments were already given as a whole");
        }
        Map<String, RawJson> more = new LinkedHashMap<>(members);
        more.put(name, JsonText.of(value));
        return new Arguments(null, Collections.unmodifiableMap(more));
    }

    RawJson json() {
        return whole != null ? whole : JsonText.of(members);
    }
}
