package io.toolstream.worker.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.toolstream.runtime.meter.Meters;
import java.time.Duration;

/**
 * Counts what retries do, and makes the meters of endpoints. Rare events only, so the registry may be searched for each. Any
 * thread.
 */
public final class ResilienceMeters {
    private final MeterRegistry registry;

    private ResilienceMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    public static ResilienceMeters of(Meters meters) {
        return new ResilienceMeters(meters.registry());
    }

    /** Closed when the endpoint is gone. */
    public GuardMeters endpoint(String server, String endpoint) {
        return new GuardMeters(registry, server, endpoint);
    }

    /** Another attempt is made after this wait; {@code reason} is an error code. */
    public void retried(String server, String reason, Duration wait) {
        Timer.builder("toolstream.retry.wait")
                .description("Waits before further attempts of calls, by why they are made")
                .tag("mcp.server", server)
                .tag("error.type", reason)
                .register(registry)
                .record(wait);
    }

    /** A call that took more than one attempt has ended. */
    public void retriedCallEnded(String server, boolean isAnswered) {
        Counter.builder("toolstream.retried.calls")
                .description("Calls that took more than one attempt, by whether they were answered in the end")
                .tag("mcp.server", server)
                .tag("outcome", isAnswered ? "answered" : "failed")
                .register(registry)
                .increment();
    }

    public void retryBudgetExhausted(String server) {
        Counter.builder("toolstream.retry.budget.exhausted")
                .description("Attempts not made because the server's budget of retries was used up")
                .tag("mcp.server", server)
                .register(registry)
                .increment();
    }
}
