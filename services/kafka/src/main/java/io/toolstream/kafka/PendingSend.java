package io.toolstream.kafka;

import io.toolstream.wire.Header;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** One record on its way into the producer, and the future of whoever published it. */
final class PendingSend implements Callback {
    private final String topic;
    private final @Nullable Integer partition;
    private final OutboundRecord record;
    private final long submittedNanos;
    private final CompletableFuture<RecordPosition> future = new CompletableFuture<>();
    private volatile @Nullable Thread sending;
    private @Nullable Exception refusal;

    /** Who waits for the same: the records of one partition, or of a topic where the partition is not named. */
    record Line(String topic, @Nullable Integer partition) {}

    PendingSend(String topic, @Nullable Integer partition, OutboundRecord record, long submittedNanos) {
        this.topic = topic;
        this.partition = partition;
        this.record = record;
        this.submittedNanos = submittedNanos;
    }

    String topic() {
        return topic;
    }

    Line line() {
        return new Line(topic, partition);
    }

    CompletableFuture<RecordPosition> future() {
        return future;
    }

    long submittedNanos() {
        return submittedNanos;
    }

    long bytes() {
        long bytes = record.value() == null ? 0 : record.value().length;
        bytes += record.key() == null ? 0 : record.key().length;
        for (Header header : record.headers()) {
            bytes += header.name().length() + header.value().length;
        }
        return bytes;
    }

    /** Fails the future if the topic has no such partition. */
    boolean fits(int partitions) {
        boolean fits = partition == null || (partition >= 0 && partition < partitions);
        if (!fits) {
            String message =
                    "cannot publish to " + topic + "-" + partition + ": the topic has " + partitions + " partitions";
            future.completeExceptionally(new PublishException(PublishException.Kind.DESTINATION, message, null));
        }
        return fits;
    }

    /** Where it may go now; null if it has to wait for another. */
    Introductions.@Nullable Entry enter(Introductions introductions, int partitions) {
        return introductions.enter(topic, partition, record.key(), partitions);
    }

    /**
     * Gives the record to the producer, which does not block.
     *
     * @return null if the producer has it, or if the future was failed for good; otherwise why it has to wait
     */
    @Nullable
    TimeoutException sendTo(Producer<byte[], byte[]> producer, @Nullable Integer partition) {
        sending = Thread.currentThread();
        refusal = null;
        try {
            var unused = producer.send(producerRecord(partition), this);
        } catch (KafkaException | IllegalStateException e) {
            refusal = e;
        }
        sending = null;
        Exception refused = refusal;
        if (refused instanceof TimeoutException notNow) {
            return notNow;
        }
        if (refused != null) {
            fail(refused);
        }
        return null;
    }

    /** On the producer's I/O thread, or within {@code send} where the producer refuses at once. */
    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure == null && metadata != null) {
            future.complete(new RecordPosition(topic, metadata.partition(), metadata.offset()));
        } else if (sending == Thread.currentThread()) {
            refusal = failure;
        } else {
            fail(failure == null ? new IllegalStateException("the producer said nothing") : failure);
        }
    }

    void fail(Throwable failure) {
        future.completeExceptionally(PublishErrors.of(topic, failure));
    }

    private ProducerRecord<byte[], byte[]> producerRecord(@Nullable Integer partition) {
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(topic, partition, record.key(), record.value());
        for (Header header : record.headers()) {
            sent.headers().add(new RecordHeader(header.name(), header.value()));
        }
        return sent;
    }
}
