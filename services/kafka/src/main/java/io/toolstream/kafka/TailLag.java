package io.toolstream.kafka;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a tail may be behind its topic: the time since a moment at which the topic had an end that the tail has reached
 * by now. It asks for the ends again and again, since a tail that hears nothing cannot tell a quiet topic from a broker that
 * is gone. On the tail's thread; {@link #nanos()} on any.
 */
final class TailLag {
    private static final Logger log = LoggerFactory.getLogger(TailLag.class);

    static final long UNKNOWN = Long.MAX_VALUE;

    private final long everyNanos;
    private final LongSupplier nanoTime;
    private long nextNanos;
    private long askedNanos;
    private @Nullable CatchUp ahead;
    private volatile long reachedNanos;
    private volatile boolean isKnown;

    TailLag(Duration every, LongSupplier nanoTime) {
        this.everyNanos = every.toNanos();
        this.nanoTime = nanoTime;
        this.nextNanos = nanoTime.getAsLong();
    }

    /** No longer than this may a poll take: then it is time to ask. */
    Duration untilNext() {
        return Duration.ofNanos(ahead == null ? Math.max(0, nextNanos - nanoTime.getAsLong()) : everyNanos);
    }

    /** Everything that was read has been handed over. A broker that does not answer is no news: the lag grows. */
    void look(Consumer<?, ?> consumer) {
        try {
            compare(consumer);
        } catch (TimeoutException silence) {
            log.debug("the end of the topic is not known: {}", silence.getMessage());
        }
    }

    private void compare(Consumer<?, ?> consumer) {
        long nowNanos = nanoTime.getAsLong();
        if (ahead == null && nowNanos - nextNanos >= 0) {
            askedNanos = nowNanos;
            nextNanos = nowNanos + everyNanos;
            ahead = CatchUp.of(consumer, consumer.assignment());
        }
        if (ahead != null && ahead.isDone()) {
            ahead = null;
            reachedNanos = askedNanos;
            isKnown = true;
        }
    }

    /** The tail reads again what it had read: until it is through, nothing is known. */
    void lost() {
        isKnown = false;
        ahead = null;
        nextNanos = nanoTime.getAsLong();
    }

    long nanos() {
        return isKnown ? Math.max(0, nanoTime.getAsLong() - reachedNanos) : UNKNOWN;
    }

    @Override
    public String toString() {
        return "TailLag[" + (isKnown ? TimeUnit.NANOSECONDS.toMillis(nanos()) + " ms" : "unknown") + "]";
    }
}
