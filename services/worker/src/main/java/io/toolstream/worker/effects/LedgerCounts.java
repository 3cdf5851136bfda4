package io.toolstream.worker.effects;

import java.util.concurrent.atomic.LongAdder;

/** How often the ledger did what, since the start. Any thread. */
public final class LedgerCounts {
    private final LongAdder won = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder released = new LongAdder();
    private final LongAdder doubted = new LongAdder();

    void judged(Verdict verdict) {
        (verdict instanceof Verdict.Won ? won : lost).increment();
    }

    void repeated() {
        repeated.increment();
    }

    void released() {
        released.increment();
    }

    void doubted() {
        doubted.increment();
    }

    /** Claims that won, and so may have been dispatched. */
    public long won() {
        return won.sum();
    }

    /** Claims, or looks at the ledger, that did not win. */
    public long lost() {
        return lost.sum();
    }

    /** Calls answered with what was recorded. */
    public long repeatedAnswers() {
        return repeated.sum();
    }

    /** Claims that won and were not dispatched. */
    public long releasedClaims() {
        return released.sum();
    }

    /** Claims of workers that did not answer. */
    public long doubtedClaims() {
        return doubted.sum();
    }
}
