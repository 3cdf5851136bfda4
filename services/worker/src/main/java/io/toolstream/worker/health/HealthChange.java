package io.toolstream.worker.health;

import io.toolstream.worker.invoke.EndpointId;

/**
 * An endpoint's health went from one state to another.
 *
 * @param cause for people: why the last probe was not answered, or that it was
 */
public record HealthChange(EndpointId endpoint, HealthState from, HealthState to, String cause) {}
