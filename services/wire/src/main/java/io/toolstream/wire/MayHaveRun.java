package io.toolstream.wire;

import java.util.Optional;

/** What is known of whether the tool ran. */
public enum MayHaveRun {
    NO("no"),
    MAYBE("maybe"),
    YES("yes");

    private final String text;

    MayHaveRun(String text) {
        this.text = text;
    }

    /** The word on the wire. */
    public String text() {
        return text;
    }

    /** The knowledge this word stands for, if any. */
    public static Optional<MayHaveRun> ofText(String text) {
        return Words.find(values(), MayHaveRun::text, text);
    }
}
