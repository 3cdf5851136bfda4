package io.toolstream.client;

import io.toolstream.kafka.Publisher;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps what is published, and acknowledges it when it is told to. */
final class FakePublisher implements Publisher {
    final List<Sent> sent = new ArrayList<>();
    boolean isClosed;

    record Sent(
            String topic,
            @Nullable Integer partition,
            OutboundRecord record,
            CompletableFuture<RecordPosition> acknowledgement) {
        void acknowledge() {
            acknowledgement.complete(new RecordPosition(topic, 0, 7));
        }

        /** As a worker reads it. */
        InboundRecord inbound() {
            return new InboundRecord(
                    new RecordPosition(topic, 0, 7), 1_000, record.key(), record.value(), record.headers());
        }
    }

    @Override
    public CompletableFuture<RecordPosition> publish(String topic, @Nullable Integer partition, OutboundRecord record) {
        Sent one = new Sent(topic, partition, record, new CompletableFuture<>());
        sent.add(one);
        return one.acknowledgement();
    }

    Sent last() {
        return sent.get(sent.size() - 1);
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
