package io.toolstream.embedded.demo;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the demo's tools keep while the server runs: bounded, the oldest goes first. */
final class DemoMemory {
    private static final int MAX_ENTRIES = 10_000;

    private final Map<String, String> notes = bounded();
    private final Map<String, BigInteger> counters = bounded();

    synchronized void remember(String key, String value) {
        notes.put(key, value);
    }

    synchronized @Nullable String recall(String key) {
        return notes.get(key);
    }

    synchronized BigInteger increment(String counter) {
        return counters.merge(counter, BigInteger.ONE, BigInteger::add);
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MAX_ENTRIES;
            }
        };
    }
}
