package io.toolstream.worker;

import io.toolstream.runtime.meter.Meters;
import io.toolstream.worker.meter.ResilienceMeters;
import io.toolstream.worker.resilience.BreakerChange;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** What keeps calls going while servers fail: breakers and probes for each endpoint, retries for each server. */
record Resilience(Guards guards, Retries retries) implements AutoCloseable {
    /**
     * Begins to probe whatever is watched from now on.
     *
     * @param timer only hands on to {@code callThreads}
     * @param neighbours told of what breakers do
     */
    static Resilience start(
            ScheduledExecutorService timer, Executor callThreads, Meters meters, Consumer<BreakerChange> neighbours) {
        ResilienceMeters measured = ResilienceMeters.of(meters);
        return new Resilience(
                Guards.start(timer, callThreads, measured, neighbours), Retries.of(timer, callThreads, measured));
    }

    @Override
    public void close() {
        guards.close();
    }
}
