package io.toolstream.worker.resilience;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A breaker as it is now.
 *
 * @param age how long it has been in this state
 * @param cause what brought it there
 * @param untilNextTry when an open one will let something through, at the latest; null where it does so already
 */
public record BreakerView(
        BreakerState state,
        Duration age,
        String cause,
        @Nullable Duration untilNextTry) {}
