package io.toolstream.worker.cache;

/**
 * Since when kept answers of one tool count: the place, in the log of epochs, of the last mark that made earlier ones void.
 * Two different marks are never equal, also where a topic was made anew and counts from zero.
 */
public record Epoch(long offset, long timestampMillis) {
    /** No mark was ever written. */
    public static final Epoch FIRST = new Epoch(-1, 0);

    private static final long ON_ITS_WAY = -2;

    /** That of a mark of this worker which has no place in the log yet; a number for each, which means nothing elsewhere. */
    static Epoch onItsWay(long number) {
        return new Epoch(ON_ITS_WAY, number);
    }

    boolean isOnItsWay() {
        return offset == ON_ITS_WAY;
    }
}
