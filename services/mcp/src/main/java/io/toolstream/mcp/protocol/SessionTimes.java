package io.toolstream.mcp.protocol;

import io.toolstream.mcp.Latencies;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How long the sessions with a server lasted, those that have ended. Any thread; seldom called, so one lock will do. */
final class SessionTimes {
    private final LongSupplier nanoClock;
    private @Nullable Session running;
    private long beganNanos;
    private long count;
    private long totalNanos;
    private long maxNanos;

    SessionTimes(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** This is the session from now on, and the one before is over; null if there is none. */
    synchronized void became(@Nullable Session session) {
        if (running == session) {
            return;
        }
        long nowNanos = nanoClock.getAsLong();
        if (running != null) {
            long lastedNanos = nowNanos - beganNanos;
            count++;
            totalNanos += lastedNanos;
            maxNanos = Math.max(maxNanos, lastedNanos);
        }
        running = session;
        beganNanos = nowNanos;
    }

    /** Without buckets: sessions may last for days. */
    synchronized Latencies counts() {
        return new Latencies(count, totalNanos, maxNanos, Latencies.NONE.buckets());
    }
}
