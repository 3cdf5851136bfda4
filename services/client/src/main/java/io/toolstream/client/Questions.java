package io.toolstream.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The latest calls answered {@code input_required}, by id, so that they can be sent again with the answers; bounded. Any thread. */
final class Questions {
    private static final int REMEMBERED = 1_000;

    private final Map<String, ToolCall> asked = new LinkedHashMap<>();

    synchronized void add(String id, ToolCall call) {
        asked.put(id, call);
        if (asked.size() > REMEMBERED) {
            asked.remove(asked.keySet().iterator().next());
        }
    }

    /** Gives it once. */
    synchronized Optional<ToolCall> take(String id) {
        return Optional.ofNullable(asked.remove(id));
    }
}
