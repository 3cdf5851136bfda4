package io.toolstream.runtime.meter;

import org.jspecify.annotations.Nullable;

/**
 * The trace that what is measured on a thread belongs to, so that a bucket of a histogram can name a call that fell into it.
 * Of traces that were sampled only: others lead nowhere.
 */
public final class CurrentTrace {
    private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();
    private static final int LENGTH = 55;
    private static final int FLAGS = 53;

    private CurrentTrace() {}

    /** Runs the measurement on this thread; {@code traceparent} as W3C's header of that name has it. */
    public static void measure(@Nullable String traceparent, Runnable measurement) {
        if (!isSampled(traceparent)) {
            measurement.run();
            return;
        }
        CURRENT.set(traceparent);
        try {
            measurement.run();
        } finally {
            CURRENT.remove();
        }
    }

    /** The {@code traceparent}, which is well-formed; null where there is none. */
    static @Nullable String get() {
        return CURRENT.get();
    }

    /** Whether it is one of version 00 whose lowest flag is set. */
    static boolean isSampled(@Nullable String traceparent) {
        return traceparent != null
                && traceparent.length() == LENGTH
                && traceparent.startsWith("00-")
                && Character.digit(traceparent.charAt(FLAGS + 1), 16) % 2 == 1;
    }
}
