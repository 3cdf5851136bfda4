package io.toolstream.kafka;

import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Produces records. Any thread may call; only closing blocks. */
public interface Publisher extends AutoCloseable {
    /**
     * Sends one record.
     *
     * @param partition null: by the record's key (murmur2), or any partition where it has none
     * @return completes on the producer's I/O thread with where the record stands once it is acknowledged, or
     *     exceptionally with a {@link PublishException}. Never throws.
     */
    CompletableFuture<RecordPosition> publish(String topic, @Nullable Integer partition, OutboundRecord record);

    /** Sends what is buffered and closes the producer, waiting for at most its close time-out. */
    @Override
    void close();
}
