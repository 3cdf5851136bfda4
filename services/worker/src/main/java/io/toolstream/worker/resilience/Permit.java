package io.toolstream.worker.resilience;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The leave that one attempt has from its breaker. Whoever got it owns it, and ends it, however the attempt ends; only the
 * first time counts. It belongs to one period between two changes of the breaker's state: what ends later says nothing about
 * the state the breaker is in by then, and is passed over. Any thread.
 */
public final class Permit implements Entry {
    private final Breaker breaker;
    private final long generation;
    private final long givenNanos;
    private final AtomicBoolean hasEnded = new AtomicBoolean();

    Permit(Breaker breaker, long generation, long givenNanos) {
        this.breaker = breaker;
        this.generation = generation;
        this.givenNanos = givenNanos;
    }

    /**
     * The attempt has ended like this.
     *
     * @param reason for people: what it ended with
     * @param waited time of it that was not spent at the endpoint
     */
    public void end(BreakerVerdict verdict, String reason, Duration waited) {
        if (hasEnded.compareAndSet(false, true)) {
            breaker.ended(this, verdict, reason, waited.toNanos());
        }
    }

    /** It tells nothing about the endpoint. */
    public void release() {
        end(BreakerVerdict.NEUTRAL, "released", Duration.ZERO);
    }

    long generation() {
        return generation;
    }

    long givenNanos() {
        return givenNanos;
    }
}
