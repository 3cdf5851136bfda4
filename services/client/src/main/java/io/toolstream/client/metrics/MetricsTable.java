package io.toolstream.client.metrics;

import io.toolstream.wire.WindowMetrics.Window;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The last record of each scope and window that was read, as bytes; beyond a size those that came first are dropped. Given
 * what a {@link MetricsFollower} reads. Any thread.
 */
public final class MetricsTable implements Consumer<FollowedWindow> {
    private static final int OVERHEAD_BYTES = 256;

    private final long mostBytes;

    private final Map<Window, FollowedWindow> records = new LinkedHashMap<>(); // guarded by this
    private long bytes; // guarded by this

    /** @param mostBytes of records that are kept; beyond them the oldest windows go */
    public MetricsTable(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public synchronized void accept(FollowedWindow followed) {
        FollowedWindow before = records.put(followed.window(), followed);
        bytes += size(followed) - (before == null ? 0 : size(before));
        Iterator<FollowedWindow> oldest = records.values().iterator();
        while (bytes > mostBytes && oldest.hasNext()) {
            bytes -= size(oldest.next());
            oldest.remove();
        }
    }

    private static long size(FollowedWindow followed) {
        byte[] value = followed.record().value();
        return (long) OVERHEAD_BYTES + (value == null ? 0 : value.length);
    }

    /** Those of such windows, in the order in which they were first seen. */
    public synchronized List<FollowedWindow> find(Predicate<Window> wanted) {
        List<FollowedWindow> found = new ArrayList<>();
        records.values().forEach(followed -> {
            if (wanted.test(followed.window())) {
                found.add(followed);
            }
        });
        return found;
    }
}
