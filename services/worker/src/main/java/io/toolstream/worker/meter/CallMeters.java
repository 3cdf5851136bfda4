package io.toolstream.worker.meter;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.toolstream.runtime.meter.CurrentTrace;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.wire.Status;
import io.toolstream.wire.Timings;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Counts and times calls: on the topic, in the worker, at the tool server. Any thread. */
public final class CallMeters {
    private static final int MOST_TOOLS = 200;
    private static final String NO_ERROR = "none";

    private final ToolLabels labels = new ToolLabels(MOST_TOOLS);
    private final Map<String, RoundTrips> roundTrips = new ConcurrentHashMap<>();
    private final Timer queued;
    private final TimersByEnding processed;
    private final TimersByEnding attempts;

    private CallMeters(MeterRegistry registry) {
        this.queued = Buckets.timer(
                        "toolstream.queue.duration", "From a call's record to its end, without its execution")
                .register(registry);
        Meter.MeterProvider<Timer> processing = Buckets.timer(
                        "messaging.process.duration", "From a call's record handed over to everything acknowledged")
                .tag("messaging.system", "kafka")
                .tag("messaging.operation.name", "process")
                .withRegistry(registry);
        Meter.MeterProvider<Timer> operation = Buckets.timer(
                        "mcp.client.operation.duration", "One request to a tool server")
                .tag("mcp.method.name", "tools/call")
                .tag("gen_ai.operation.name", "execute_tool")
                .withRegistry(registry);
        this.processed = new TimersByEnding((tool, outcome) -> processing.withTags(
                tool.and("toolstream.status", outcome.status().text()).and("error.type", errorType(outcome))));
        this.attempts =
                new TimersByEnding((tool, outcome) -> operation.withTags(tool.and("error.type", errorType(outcome))));
    }

    public static CallMeters of(Meters meters) {
        return new CallMeters(meters.registry());
    }

    /**
     * A call is settled.
     *
     * @param tool null where it was not resolved to one
     * @param traceparent of the span that may stand for it, if there is one
     */
    public void settled(
            @Nullable Tool tool, Outcome outcome, Timings timings, Duration processing, @Nullable String traceparent) {
        CurrentTrace.measure(traceparent, () -> {
            queued.record(timings.queueMs(), TimeUnit.MILLISECONDS);
            processed.of(labels.of(tool), outcome).record(processing);
        });
    }

    /** Of this endpoint, by its name, which is kept until it is {@link #forget forgotten}. */
    public RoundTrips roundTrips(String endpoint) {
        return roundTrips.computeIfAbsent(endpoint, name -> new RoundTrips());
    }

    /** The endpoint is not used any more. */
    public void forget(String endpoint) {
        roundTrips.remove(endpoint);
    }

    void attempted(Tool tool, Outcome outcome, Duration time, @Nullable String traceparent) {
        CurrentTrace.measure(
                traceparent, () -> attempts.of(labels.of(tool), outcome).record(time));
    }

    /** A tool that says {@code isError} counts as an error of the request, as the conventions want it. */
    private static String errorType(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.failure().code().text();
        }
        return outcome.status() == Status.TOOL_ERROR ? "tool_error" : NO_ERROR;
    }
}
