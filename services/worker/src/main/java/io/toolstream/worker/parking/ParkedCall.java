package io.toolstream.worker.parking;

import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.ParkedEntry.Newer;
import io.toolstream.wire.ParkedEntry.Waiting;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A waiting call as it is remembered, or a record of several, or what may be one and cannot be read.
 *
 * @param offset on the parked topic
 * @param turnMillis epoch ms from which on it comes back
 * @param deadlineMillis epoch ms from which on it comes back whatever its servers do
 * @param servers that are waited for; none where that cannot be read
 * @param calls how many
 * @param record as it was read; null if it has to be read back
 */
record ParkedCall(
        long offset,
        long turnMillis,
        long deadlineMillis,
        List<String> servers,
        int calls,
        @Nullable InboundRecord record) {
    private static final long NEVER = Long.MAX_VALUE;

    /** The order in which calls come back. */
    static final Comparator<ParkedCall> BY_TURN =
            Comparator.comparingLong(ParkedCall::turnMillis).thenComparingLong(ParkedCall::offset);

    /** The order in which calls run out of time. */
    static final Comparator<ParkedCall> BY_DEADLINE =
            Comparator.comparingLong(ParkedCall::deadlineMillis).thenComparingLong(ParkedCall::offset);

    static ParkedCall of(long offset, Waiting waiting, @Nullable InboundRecord record) {
        return new ParkedCall(
                offset, waiting.dueMillis(), waiting.deadlineMillis(), waiting.servers(), waiting.calls(), record);
    }

    /** Left to workers that know its layout, until its deadline. */
    static ParkedCall newer(long offset, Newer newer, @Nullable InboundRecord record) {
        Waiting waiting = newer.waiting();
        return new ParkedCall(
                offset,
                NEVER,
                newer.deadlineMillis(),
                waiting == null ? List.of() : waiting.servers(),
                waiting == null ? 1 : waiting.calls(),
                record);
    }

    /** Answered as soon as may be, since nobody knows when it is to come back. */
    static ParkedCall unread(long offset, long writtenMillis, @Nullable InboundRecord record) {
        return new ParkedCall(offset, NEVER, writtenMillis, List.of(), 1, record);
    }

    /** Whether it only comes back to be answered. */
    boolean isUnread() {
        return servers.isEmpty();
    }

    int bytes() {
        return record == null || record.value() == null ? 0 : record.value().length;
    }
}
