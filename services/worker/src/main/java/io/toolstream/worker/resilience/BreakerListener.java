package io.toolstream.worker.resilience;

import io.toolstream.worker.invoke.EndpointId;

/** Hears of breakers: on the thread that made the news, outside of every lock; must not block or throw. */
public interface BreakerListener {
    /** Changes of one breaker come one after the other, in their order. */
    void changed(BreakerChange change);

    /** An attempt was not let through. */
    default void refused(EndpointId endpoint) {}
}
