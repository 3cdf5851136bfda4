package io.toolstream.worker.resilience;

import java.time.Duration;

/** What a breaker says to an attempt: a {@link Permit}, or not now. */
public sealed interface Entry permits Permit, Entry.Refused {
    /** {@code retryAfter}: when it may let something through again. */
    record Refused(BreakerState state, String cause, Duration retryAfter) implements Entry {}
}
