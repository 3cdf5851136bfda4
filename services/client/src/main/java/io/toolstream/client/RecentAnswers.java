package io.toolstream.client;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Remembers which of the latest calls were answered, so that a reply nobody waits for can be told to be a second one, or
 * one that came too late. Fixed memory; any thread.
 */
final class RecentAnswers {
    private static final int REMEMBERED = 1 << 13;

    private final CallIdentities identities;
    private final AtomicLongArray answered = new AtomicLongArray(REMEMBERED);

    RecentAnswers(CallIdentities identities) {
        this.identities = identities;
    }

    void add(String correlationId) {
        long number = identities.numberOf(correlationId);
        answered.set(slot(number), number);
    }

    /** Counts a reply under a correlation id of ours that nobody waits for. */
    void countStray(String correlationId, Tally tally) {
        long number = identities.numberOf(correlationId);
        long last = identities.last();
        if (number == 0 || number > last || number <= last - REMEMBERED) {
            tally.unknown.increment();
        } else if (answered.get(slot(number)) == number) {
            tally.duplicate.increment();
        } else {
            tally.late.increment();
        }
    }

    private static int slot(long number) {
        return (int) (number & (REMEMBERED - 1));
    }
}
