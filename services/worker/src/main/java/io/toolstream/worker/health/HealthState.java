package io.toolstream.worker.health;

/** How an endpoint is, as its probes have it. */
public enum HealthState {
    /** Not probed often enough to say. */
    UNKNOWN("unknown", 0),
    HEALTHY("healthy", 1),
    /** The last probe was not answered, or the one before. */
    DEGRADED("degraded", 2),
    /** Three in a row were not. */
    UNHEALTHY("unhealthy", 3);

    private final String text;
    private final int level;

    HealthState(String text, int level) {
        this.text = text;
        this.level = level;
    }

    /** For people, labels and topics. */
    public String text() {
        return text;
    }

    /** For gauges. */
    public int level() {
        return level;
    }
}
