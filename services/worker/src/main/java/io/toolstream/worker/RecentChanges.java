package io.toolstream.worker;

import io.toolstream.wire.StateReport;
import io.toolstream.worker.resilience.BreakerChange;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What the breaker of one endpoint has done in the last seconds. Any thread; guarded by {@code this}: the changes. */
final class RecentChanges {
    static final Duration KEPT = Duration.ofSeconds(5);
    static final int MOST = 8;
    private static final int MOST_CHARS = 256;

    private final InstantSource clock;
    private final Deque<StateReport.Change> changes = new ArrayDeque<>(MOST);

    RecentChanges(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void add(BreakerChange change) {
        if (changes.size() == MOST) {
            changes.removeFirst();
        }
        String cause = change.cause();
        changes.addLast(new StateReport.Change(
                change.endpoint().endpoint(),
                clock.millis(),
                change.from().text(),
                change.to().text(),
                cause.substring(0, Math.min(cause.length(), MOST_CHARS))));
    }

    /** The oldest first. */
    synchronized List<StateReport.Change> all() {
        long sinceMillis = clock.millis() - KEPT.toMillis();
        changes.removeIf(change -> change.timestampMillis() < sinceMillis);
        return List.copyOf(changes);
    }
}
