package io.toolstream.worker.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.toolstream.settings.BreakerSettings;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Resilience4j's circuit breaker, the only place that knows it: states, rates over the last calls, and how many successes of
 * a half open one close it. Its owner decides when to open and when to look again, so nothing here happens by itself: the
 * library's own timers, which live on threads that nobody can close, are not used. Guarded by its owner's lock.
 */
final class StateMachine {
    /** What the library wants to see instead of a failure; it looks at nothing but that there is one. */
    private final Exception failure = new Exception("failed", null, false, false) {
        private static final long serialVersionUID = 1L;
    };

    private final CircuitBreaker breaker;

    StateMachine(String name, BreakerSettings settings, LongSupplier nanoTime) {
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .clock(new MonotonicClock(nanoTime))
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(settings.samples())
                        .minimumNumberOfCalls(settings.samples())
                        .failureRateThreshold(settings.failureRate())
                        .slowCallRateThreshold(settings.slowRate())
                        .slowCallDurationThreshold(settings.slow())
                        .permittedNumberOfCallsInHalfOpenState(settings.successes())
                        .waitDurationInOpenState(settings.openFor())
                        .build());
    }

    BreakerState state() {
        return switch (breaker.getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> BreakerState.CLOSED;
            case HALF_OPEN -> BreakerState.HALF_OPEN;
            case OPEN, FORCED_OPEN -> BreakerState.OPEN;
        };
    }

    /** One of the calls it wants to see the end of; of a closed one, any. */
    boolean tryAcquire() {
        return breaker.tryAcquirePermission();
    }

    /** Takes back what {@link #tryAcquire} gave: its end says nothing. */
    void release() {
        breaker.releasePermission();
    }

    void succeeded(long tookNanos) {
        breaker.onSuccess(tookNanos, TimeUnit.NANOSECONDS);
    }

    void failed(long tookNanos) {
        breaker.onError(tookNanos, TimeUnit.NANOSECONDS, failure);
    }

    void open() {
        if (breaker.getState() != CircuitBreaker.State.OPEN) {
            breaker.transitionToOpenState();
        }
    }

    void halfOpen() {
        breaker.transitionToHalfOpenState();
    }
}
