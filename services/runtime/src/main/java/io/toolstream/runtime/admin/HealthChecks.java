package io.toolstream.runtime.admin;

/** The checks of a process, and where it stands in its life: starting, started, draining. Any thread may call. */
public final class HealthChecks {
    /** A check that decides whether work may be sent here. */
    public void ready(String name, HealthCheck check) {}

    /** A check that decides whether the process should be restarted: for what cannot heal by itself only. */
    public void live(String name, HealthCheck check) {}

    /** The start is complete: probes of startup pass from here on. */
    public void started() {}

    /** No longer ready, whatever the checks say: comes first when stopping. */
    public void draining() {}
}
