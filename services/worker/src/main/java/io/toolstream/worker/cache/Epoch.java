package io.toolstream.worker.cache;

/**
 * Since when kept answers of one tool count: the place, in the log of epochs, of the last mark that made earlier ones void.
 * Two different marks are never equal, also where a topic was made anew and counts from zero.
 */
public record Epoch(long offset, long timestampMillis) {
    /** No mark was ever written. */
    public static final Epoch FIRST = new Epoch(-1, 0);
}
