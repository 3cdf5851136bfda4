package io.toolstream.worker.resilience;

/** What a breaker lets through. */
public enum BreakerState {
    /** Everything. */
    CLOSED("closed", 0),
    /** A few attempts at a time, to see. */
    HALF_OPEN("half-open", 1),
    /** Nothing but probes, which pass by it. */
    OPEN("open", 2);

    private final String text;
    private final int level;

    BreakerState(String text, int level) {
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
