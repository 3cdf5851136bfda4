package io.toolstream.client.deadletters;

import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The topics of a pipeline, as far as dead letters need them. All but {@link #publish} block on the calling thread. */
interface Topics extends AutoCloseable {
    /**
     * How many partitions a topic has, as of the last minute; empty if there is no such topic, or none that we may see.
     *
     * @throws DeadLettersException if the broker cannot be asked
     */
    Optional<Integer> partitions(String topic);

    /**
     * The same, asked anew.
     *
     * @throws io.toolstream.kafka.BrokerUnavailableException if the broker cannot be asked
     */
    Optional<Integer> partitionsNow(String topic);

    /** All that stands there now, each partition in its order. */
    void read(String topic, Consumer<InboundRecord> each);

    /** What stands there now from these offsets on. */
    void readFrom(String topic, Map<Integer, Long> from, Consumer<InboundRecord> each);

    /** The end offsets of all partitions now. */
    Map<Integer, Long> ends(String topic);

    /** The record that stands there. */
    InboundRecord at(RecordPosition position);

    /** Hands over, on another thread, what is produced from the return of this method on. */
    AutoCloseable follow(String topic, Consumer<InboundRecord> each);

    /** Never blocks; completes with the acknowledgement, or with a {@link io.toolstream.kafka.PublishException}. */
    CompletableFuture<RecordPosition> publish(String topic, int partition, OutboundRecord record);

    @Override
    void close();
}
