package io.toolstream.wire;

import java.util.Optional;

/** How a call ended, as its reply says it. */
public enum Status {
    OK("ok", false),
    TOOL_ERROR("tool_error", false),
    REJECTED("rejected", true),
    UNAVAILABLE("unavailable", true),
    EXPIRED("expired", true),
    FAILED("failed", true),
    IN_DOUBT("in_doubt", true),
    CANCELLED("cancelled", false),
    INPUT_REQUIRED("input_required", false);

    private final String text;
    private final boolean leavesDeadLetter;

    Status(String text, boolean leavesDeadLetter) {
        this.text = text;
        this.leavesDeadLetter = leavesDeadLetter;
    }

    /** The word on the wire. */
    public String text() {
        return text;
    }

    /** Whether a call that ends so is also kept on the dead-letter topic. */
    public boolean leavesDeadLetter() {
        return leavesDeadLetter;
    }

    /** Whether its replies carry a result instead of an error. */
    public boolean carriesResult() {
        return this == OK || this == TOOL_ERROR || this == INPUT_REQUIRED;
    }

    /** The status this word stands for, if any. */
    public static Optional<Status> ofText(String text) {
        return Words.find(values(), Status::text, text);
    }
}
