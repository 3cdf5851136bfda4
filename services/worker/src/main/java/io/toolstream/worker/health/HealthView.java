package io.toolstream.worker.health;

import java.time.Duration;

/**
 * The health of an endpoint as it is now.
 *
 * @param age how long it has been in this state
 * @param cause what the last probe met
 * @param untilNextProbe zero while one is under way
 */
public record HealthView(HealthState state, Duration age, String cause, Duration untilNextProbe) {}
