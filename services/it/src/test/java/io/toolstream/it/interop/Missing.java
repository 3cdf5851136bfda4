package io.toolstream.it.interop;

import org.junit.jupiter.api.Assumptions;

/** A program that a test needs and this machine does not have: skips the test loudly, or fails it where all is required. */
public final class Missing {
    private Missing() {}

    /** Never returns. With {@code TOOLSTREAM_REQUIRE_ALL=true} the test fails, otherwise it is skipped. */
    public static void skip(String what, String why) {
        if (Boolean.parseBoolean(System.getenv("TOOLSTREAM_REQUIRE_ALL"))) {
            throw new AssertionError("TOOLSTREAM_REQUIRE_ALL is set, but " + why);
        }
        System.err.println("SKIPPED: tests with " + what + ", because " + why);
        Assumptions.abort(why);
    }
}
