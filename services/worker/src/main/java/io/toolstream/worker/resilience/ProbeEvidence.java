package io.toolstream.worker.resilience;

import java.time.Duration;

/** What probes of an endpoint are worth, going by what became of them. Guarded by the breaker's lock. */
final class ProbeEvidence {
    private static final Duration NEVER = Duration.ofDays(365);

    private boolean wereEverAnswered;
    private boolean isLastUnanswered;
    private boolean doTell;
    private long nextNanos;

    /** Returns whether an unanswered one means anything: not where none was ever answered, as by a server that knows none. */
    boolean note(ProbeReport report, long now) {
        isLastUnanswered = !report.isAnswered();
        wereEverAnswered |= report.isAnswered();
        nextNanos = now + report.untilNext().toNanos();
        doTell |= isLastUnanswered && wereEverAnswered;
        return wereEverAnswered;
    }

    /** A call failed, which may have opened the breaker. */
    void opening(boolean isUnreachable) {
        doTell = isUnreachable || (isLastUnanswered && wereEverAnswered);
    }

    /** Whether the present trouble is one that probes meet too. */
    boolean doTell() {
        return doTell;
    }

    /** Until the next one can end the trouble. */
    Duration untilTheyHelp(long now) {
        return doTell && nextNanos - now > 0 ? Duration.ofNanos(nextNanos - now) : NEVER;
    }
}
