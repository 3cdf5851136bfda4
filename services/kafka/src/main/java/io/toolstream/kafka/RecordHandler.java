package io.toolstream.kafka;

import io.toolstream.wire.InboundRecord;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Handles the records of a {@link ConsumerEngine}. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * Begins to handle one record. Called on the poll thread: must return at once, must not block. The completion of the
     * returned stage, on any thread, <em>is</em> the acknowledgement: the record's offset counts as done from then on.
     * A stage that completes exceptionally, and an exception thrown here, stop the engine (see
     * {@code ConsumerEngine}): a handler turns every expected ending into a normal completion.
     *
     * @param lease tells whether this worker still holds the partition the record came from
     */
    CompletionStage<?> handle(InboundRecord record, Lease lease);

    /**
     * Ends a record that must not run: it was in flight at two crashes and then, alone, at a third. Otherwise as
     * {@link #handle}, which is what happens by default. If even this ends the process, the next time tells of one crash more.
     *
     * @param crashes at how many ends without a word it was in flight, three or more
     */
    default CompletionStage<?> condemned(InboundRecord record, Lease lease, int crashes) {
        return handle(record, lease);
    }

    /**
     * The keys within which the record keeps its order: it is handed over when every earlier record of the same partition
     * and any of these keys has completed, while this worker holds the partition. Called on the poll thread as soon as the
     * record is read: must be quick. An exception is as one of {@link #handle}.
     *
     * @return none, and none is the default, for a record that goes as soon as there is room
     */
    default Set<String> laneKeys(InboundRecord record) {
        return Set.of();
    }
}
