package io.toolstream.worker.parking;

import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.util.concurrent.CompletableFuture;

/** The topics that parked calls leave from and come back to. Any thread; nothing blocks but {@code close}. */
interface ParkedTopic extends AutoCloseable {
    /** Completes when the broker has it; does not give up by itself. */
    CompletableFuture<RecordPosition> park(int partition, OutboundRecord record);

    /** Completes when the calls topic has it; does not give up by itself. */
    CompletableFuture<RecordPosition> giveBack(int partition, OutboundRecord call);

    /** The record at this offset; exceptionally if it cannot be read now. */
    CompletableFuture<InboundRecord> read(int partition, long offset);

    /** Reads a partition to this reader, from as long ago as a call may wait, until it is left. */
    void follow(int partition, ParkedPartition reader);

    void leave(int partition);

    @Override
    void close();
}
