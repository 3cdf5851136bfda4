package io.toolstream.wire;

/** Where a record stands: topic, partition, offset. Prints as {@code topic-partition@offset}. */
public record RecordPosition(String topic, int partition, long offset) {
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
