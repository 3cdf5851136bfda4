package io.toolstream.worker.cache;

/**
 * An answer in this worker's memory, and for how long it is good there, by the clock of {@link System#nanoTime()}.
 *
 * @param askedNanos when the tool server was asked for it, or before: it knows of all that had happened by then
 * @param freshUntilNanos until then it is as good as asking
 * @param keptUntilNanos until then it may stand in for a better one; never given afterwards
 */
public record LocalAnswer(KeptAnswer kept, long askedNanos, long freshUntilNanos, long keptUntilNanos) {
    boolean isFresh(long nowNanos) {
        return nowNanos - freshUntilNanos < 0;
    }

    long staleNanos(long nowNanos) {
        return nowNanos - freshUntilNanos;
    }

    boolean isYoung(long nowNanos) {
        return nowNanos - askedNanos < AnswerTiers.YOUNG.toNanos();
    }
}
