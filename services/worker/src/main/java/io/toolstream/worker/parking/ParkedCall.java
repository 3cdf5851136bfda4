package io.toolstream.worker.parking;

import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.ParkedEntry.Waiting;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A waiting call as it is remembered, or a record of several.
 *
 * @param offset on the parked topic
 * @param turnMillis epoch ms from which on it comes back
 * @param deadlineMillis epoch ms from which on it comes back whatever its servers do
 * @param servers that are waited for
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

    int bytes() {
        return record == null || record.value() == null ? 0 : record.value().length;
    }
}
