package io.toolstream.kafka;

import io.toolstream.wire.Header;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.TimestampType;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Kafka's consumer records as ours; bytes are shared, not copied. */
final class InboundRecords {
    private static final byte[] EMPTY = {};

    private InboundRecords() {}

    static InboundRecord of(ConsumerRecord<byte[], byte[]> record) {
        return new InboundRecord(
                new RecordPosition(record.topic(), record.partition(), record.offset()),
                record.timestamp(),
                timestampType(record),
                record.key(),
                record.value(),
                headers(record.headers().toArray()));
    }

    private static TimestampType timestampType(ConsumerRecord<?, ?> record) {
        return TimestampType.ofText(record.timestampType().name).orElse(TimestampType.NONE);
    }

    /** What the record holds: key, value, names and values of headers. */
    static int bytes(InboundRecord record) {
        int bytes = length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            bytes += header.name().length() + header.value().length;
        }
        return bytes;
    }

    private static Headers headers(org.apache.kafka.common.header.Header[] theirs) {
        if (theirs.length == 0) {
            return Headers.NONE;
        }
        List<Header> ours = new ArrayList<>(theirs.length);
        for (org.apache.kafka.common.header.Header header : theirs) {
            byte[] value = header.value();
            ours.add(new Header(header.key(), value == null ? EMPTY : value));
        }
        return new Headers(ours);
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
