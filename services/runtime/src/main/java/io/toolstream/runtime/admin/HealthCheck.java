package io.toolstream.runtime.admin;

/** A question about one part of the process. Quick, does not block; an exception counts as down. Any thread may ask. */
@FunctionalInterface
public interface HealthCheck {
    Health check();
}
