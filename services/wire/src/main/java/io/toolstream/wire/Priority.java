package io.toolstream.wire;

import java.util.Optional;

/** How urgent a call is. */
public enum Priority {
    INTERACTIVE("interactive"),
    BATCH("batch"),
    REPLAY("replay");

    private final String text;

    Priority(String text) {
        this.text = text;
    }

    /** The word on the wire. */
    public String text() {
        return text;
    }

    /** Whether nobody waits for the answer at this moment. */
    public boolean isBackground() {
        return this != INTERACTIVE;
    }

    /** The priority this word stands for, if any. */
    public static Optional<Priority> ofText(String text) {
        return Words.find(values(), Priority::text, text);
    }
}
