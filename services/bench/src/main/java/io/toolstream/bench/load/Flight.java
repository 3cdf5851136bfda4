package io.toolstream.bench.load;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The calls under way in one drive: at most a fixed number, each tallied when its answer comes. The driving thread
 * departs calls; any thread lands them.
 */
final class Flight {
    /** How long no call may land before those under way are given up as lost. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Target target;
    private final Clock clock;
    private final int places;
    private final Duration patience;
    private final Semaphore free;
    private final Tally tally = new Tally();

    Flight(Target target, Clock clock, int places, Duration patience) {
        this.target = target;
        this.clock = clock;
        this.places = places;
        this.patience = patience;
        this.free = new Semaphore(places);
    }

    /** Waits for a place. False if none came free in time: what is under way is lost. */
    boolean awaitPlace() throws InterruptedException {
        return free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Begins a call on the place waited for; its latency counts from {@code sinceNanos}. */
    void depart(long number, long sinceNanos) {
        begin(number).whenComplete((answer, failure) -> {
            tally.landed(clock.nanoTime() - sinceNanos, failure);
            free.release();
        });
    }

    /** Waits until nothing is under way any more, or gives up what is. */
    Measurement land(long startNanos) throws InterruptedException {
        int landed = 0;
        while (landed < places && awaitPlace()) {
            landed++;
        }
        return tally.measurement(clock.nanoTime() - startNanos, places - landed);
    }

    private CompletionStage<?> begin(long number) {
        try {
            return target.call(number);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
