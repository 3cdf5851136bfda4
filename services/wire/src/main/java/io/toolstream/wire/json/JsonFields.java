package io.toolstream.wire.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one object in their order. Looking through few costs less than a table of them, which many have. */
final class JsonFields {
    private static final int LISTED_UP_TO = 16;

    private final List<String> names = new ArrayList<>();
    private final List<JsonValue> values = new ArrayList<>();
    private @Nullable Map<String, JsonValue> table;

    /** False, and nothing is changed, for a name that is there already. */
    boolean add(String name, JsonValue value) {
        if (get(name) != null) {
            return false;
        }
        names.add(name);
        values.add(value);
        if (table != null) {
            table.put(name, value);
        } else if (names.size() > LISTED_UP_TO) {
            table = table();
        }
        return true;
    }

    private Map<String, JsonValue> table() {
        Map<String, JsonValue> all = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            all.put(names.get(i), values.get(i));
        }
        return all;
    }

    @Nullable
    JsonValue get(String name) {
        if (table != null) {
            return table.get(name);
        }
        int index = names.indexOf(name);
        return index < 0 ? null : values.get(index);
    }

    List<String> names() {
        return Collections.unmodifiableList(names);
    }
}
