package io.toolstream.wire;

import java.util.Optional;

/** What a caller wants of the result cache. */
public enum CacheMode {
    USE("use"),
    BYPASS("bypass"),
    REFRESH("refresh");

    private final String text;

    CacheMode(String text) {
        this.text = text;
    }

    /** The word on the wire. */
    public String text() {
        return text;
    }

    /** The mode this word stands for, if any. */
    public static Optional<CacheMode> ofText(String text) {
        return Words.find(values(), CacheMode::text, text);
    }
}
