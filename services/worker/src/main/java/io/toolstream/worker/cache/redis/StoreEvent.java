package io.toolstream.worker.cache.redis;

/** What became of one command, or of one that was not sent; as a label its {@link #text()}. */
public enum StoreEvent {
    HIT("hit"),
    MISS("miss"),
    /** Not answered in time. */
    LATE("late"),
    /** Answered with an error, or the connection was lost. */
    FAILED("failed"),
    /** Not asked: too much is under way already. */
    REFUSED("refused"),
    /** There is a value, and it is not what was kept under this key. */
    FORGED("forged"),
    STORED("stored"),
    /** Not stored: too much is under way already, or it does not work. */
    DROPPED("dropped");

    private final String text;

    StoreEvent(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
