package io.toolstream.kafka;

import io.toolstream.wire.InboundRecord;
import java.util.function.Consumer;

/** Reads what stands in a topic, once, on the calling thread. */
@SuppressWarnings("DoNotCallSuggester")
public final class RangeReader {
    private RangeReader() {}

    /** Reads all partitions from the oldest record up to the end offsets at the start of the call. */
    public static long readAll(KafkaConnection connection, String topic, Consumer<InboundRecord> onCallingThread) {
        throw new UnsupportedOperationException();
    }
}
