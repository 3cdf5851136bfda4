package io.toolstream.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of the latest streams, for clients that take one up again. Any thread. */
final class EventLog {
    private static final int KEPT_STREAMS = 1_000;

    private final Map<String, List<String>> streams = new LinkedHashMap<>(); // guarded by this
    private int begun; // guarded by this

    /** Gives events ids, of the form {@code s7-0}, and keeps them. */
    synchronized List<String> withIds(List<String> events) {
        String stream = "s" + ++begun;
        List<String> named = new ArrayList<>();
        for (String event : events) {
            named.add("id: " + stream + "-" + named.size() + "\n" + event);
        }
        streams.put(stream, List.copyOf(named));
        if (streams.size() > KEPT_STREAMS) {
            streams.remove(streams.keySet().iterator().next());
        }
        return named;
    }

    /** What came after the event of that id; nothing if it is none of ours. */
    synchronized @Nullable List<String> after(String id) {
        int dash = id.indexOf('-');
        List<String> events = dash < 0 ? null : streams.get(id.substring(0, dash));
        if (events == null || !id.substring(dash + 1).matches("[0-9]{1,6}")) {
            return null;
        }
        int next = Integer.parseInt(id.substring(dash + 1)) + 1;
        return events.subList(Math.min(next, events.size()), events.size());
    }
}
