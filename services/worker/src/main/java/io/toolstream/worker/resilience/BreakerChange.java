package io.toolstream.worker.resilience;

import io.toolstream.worker.invoke.EndpointId;

/**
 * A breaker went from one state to another.
 *
 * @param cause for people: what made it go
 */
public record BreakerChange(EndpointId endpoint, BreakerState from, BreakerState to, String cause) {}
