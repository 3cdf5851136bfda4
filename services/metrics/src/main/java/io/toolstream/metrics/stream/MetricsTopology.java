package io.toolstream.metrics.stream;

import io.toolstream.wire.TopicNames;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The topology as a whole: events, the two steps with a topic between them, metrics. */
public final class MetricsTopology {
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private MetricsTopology() {}

    public static Topology of(TopicNames topics, StreamSettings settings, StreamNews news) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        topics.events(),
                        Consumed.with(BYTES, BYTES)
                                .withName("events")
                                .withTimestampExtractor((record, newest) -> Math.max(0, record.timestamp())))
                .process(
                        step(EventsProcessor.STORE, () -> new EventsProcessor(settings, news)), Named.as("count-calls"))
                .repartition(Repartitioned.<byte[], byte[]>as("deltas")
                        .withKeySerde(BYTES)
                        .withValueSerde(BYTES)
                        .withNumberOfPartitions(settings.lanes())
                        .withStreamPartitioner((topic, key, value, partitions) -> Lanes.partitions(key, partitions)))
                .process(
                        step(WindowsProcessor.STORE, () -> new WindowsProcessor(settings, news)),
                        Named.as("add-up-windows"))
                .to(topics.metrics(), Produced.with(BYTES, BYTES).withName("metrics"));
        return builder.build();
    }

    private static ProcessorSupplier<byte[], byte[], byte[], byte[]> step(
            String store, ProcessorSupplier<byte[], byte[], byte[], byte[]> step) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], byte[], byte[]> get() {
                return step.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(store(store));
            }
        };
    }

    /** In memory: it is small and bounded, and there is no folder to lose. The cache spares writes of what changes again soon. */
    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), BYTES)
                .withCachingEnabled();
    }
}
