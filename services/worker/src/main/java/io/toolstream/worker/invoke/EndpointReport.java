package io.toolstream.worker.invoke;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one endpoint of a tool server is, for people. */
public record EndpointReport(EndpointId endpoint, Condition health, Condition breaker) {
    /**
     * A state and how it came about.
     *
     * @param state of health: {@code unknown}, {@code healthy}, {@code degraded}, {@code unhealthy}; of a breaker:
     *     {@code closed}, {@code half-open}, {@code open}
     * @param age since when it is so
     * @param cause what brought it there
     * @param untilNext when it is looked at again: the next probe, or the end of a breaker's wait; null where nothing is due
     */
    public record Condition(
            String state,
            Duration age,
            String cause,
            @Nullable Duration untilNext) {}
}
