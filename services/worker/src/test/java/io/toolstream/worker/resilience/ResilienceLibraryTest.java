package io.toolstream.worker.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What the library in use does by itself, which is why permits are owned and carry a generation here. If one of these tests
 * fails after an upgrade, the library has learned something: look whether {@link Breaker} can become simpler.
 */
final class ResilienceLibraryTest {
    private static final int LIMIT = 3;

    private final CircuitBreaker breaker = CircuitBreaker.of(
            "library",
            CircuitBreakerConfig.custom()
                    .permittedNumberOfCallsInHalfOpenState(LIMIT)
                    .ignoreExceptions(IllegalArgumentException.class)
                    .build());

    /** Case A. */
    @Test
    void library_callsThatEndWithAnError_loseTheirPermitForEver() {
        halfOpen();
        for (int i = 0; i < LIMIT; i++) {
            var unused = breaker.executeCompletionStage(
                    () -> CompletableFuture.failedFuture(new OutOfMemoryError("as told")));
        }
        assertThat(permits()).isZero();
        assertThat(breaker.getState()).isEqualTo(State.HALF_OPEN);
    }

    /** Case B. */
    @Test
    void library_callsThatAreCancelled_loseTheirPermitForEver() {
        halfOpen();
        for (int i = 0; i < LIMIT; i++) {
            breaker.executeCompletionStage(CompletableFuture::new)
                    .toCompletableFuture()
                    .cancel(true);
        }
        assertThat(permits()).isZero();
        assertThat(breaker.getState()).isEqualTo(State.HALF_OPEN);
    }

    /** Case C. */
    @Test
    void library_lateIgnoredFailures_raiseTheLimit() {
        for (int i = 0; i < 10; i++) {
            breaker.acquirePermission();
        }
        halfOpen();
        for (int i = 0; i < 10; i++) {
            breaker.onError(1, TimeUnit.MILLISECONDS, new IllegalArgumentException());
        }
        assertThat(permits()).isGreaterThan(LIMIT);
    }

    /** Case D. */
    @Test
    void library_lateSuccesses_closeIt() {
        for (int i = 0; i < 10; i++) {
            breaker.acquirePermission();
        }
        halfOpen();
        for (int i = 0; i < 10; i++) {
            breaker.onSuccess(1, TimeUnit.MILLISECONDS);
        }
        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    private void halfOpen() {
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();
    }

    private int permits() {
        int count = 0;
        while (count < 100 && breaker.tryAcquirePermission()) {
            count++;
        }
        return count;
    }
}
