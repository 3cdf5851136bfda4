package io.toolstream.mcp;

import java.time.Duration;

/** Checks of settings; each message names the setting and what was expected. */
final class Require {
    private Require() {}

    static void that(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    static void atLeast(String name, int value, int least) {
        that(value >= least, name + " must be at least " + least + ", not " + value);
    }

    static void positive(String name, Duration value) {
        that(!value.isNegative() && !value.isZero(), name + " must be positive, not " + value);
    }

    /** Goes into HTTP headers and JSON. */
    static void token(String name, String value) {
        that(
                !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"' && c != '\\'),
                name + " must be visible ASCII without quotes");
    }
}
