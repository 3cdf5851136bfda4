package io.toolstream.client.deadletters;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.KafkaPublisher;
import io.toolstream.kafka.PartitionTail;
import io.toolstream.kafka.PublishException;
import io.toolstream.kafka.RangeReader;
import io.toolstream.kafka.RecordReader;
import io.toolstream.kafka.StartAt;
import io.toolstream.kafka.TopicAdmin;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The topics on a Kafka cluster. */
final class KafkaTopics implements Topics {
    private final KafkaConnection kafka;
    private final KafkaPublisher publisher;
    private final RecordReader reader;
    private @Nullable TopicAdmin admin;

    KafkaTopics(KafkaConnection kafka) {
        this.kafka = kafka;
        this.publisher = KafkaPublisher.latency(kafka);
        this.reader = new RecordReader(kafka);
    }

    @Override
    public Optional<Integer> partitions(String topic) {
        try {
            return Optional.of(publisher.partitions(topic).join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof PublishException failure
                    && failure.kind() == PublishException.Kind.DESTINATION) {
                return Optional.empty();
            }
            throw DeadLettersException.of("topic " + topic + " cannot be looked up", e);
        }
    }

    @Override
    public Optional<Integer> partitionsNow(String topic) {
        OptionalInt count = admin().partitions(topic);
        return count.isPresent() ? Optional.of(count.getAsInt()) : Optional.empty();
    }

    /** Made at the first doubt: most often there is none. */
    private TopicAdmin admin() {
        TopicAdmin made = admin == null ? new TopicAdmin(kafka) : admin;
        admin = made;
        return made;
    }

    @Override
    public void read(String topic, Consumer<InboundRecord> each) {
        RangeReader.readAll(kafka, topic, each);
    }

    @Override
    public void readFrom(String topic, Map<Integer, Long> from, Consumer<InboundRecord> each) {
        RangeReader.readFrom(kafka, topic, from, each);
    }

    @Override
    public Map<Integer, Long> ends(String topic) {
        return RangeReader.ends(kafka, topic);
    }

    @Override
    public InboundRecord at(RecordPosition position) {
        try {
            return reader.read(position).join();
        } catch (CompletionException e) {
            throw DeadLettersException.of("no dead letter can be read at " + position, e);
        }
    }

    @Override
    public AutoCloseable follow(String topic, Consumer<InboundRecord> each) {
        PartitionTail tail = PartitionTail.start(kafka, topic, StartAt.END, each);
        try {
            tail.ready().join();
            return tail;
        } catch (CompletionException e) {
            tail.close();
            throw DeadLettersException.of("topic " + topic + " cannot be followed", e);
        }
    }

    @Override
    public CompletableFuture<RecordPosition> publish(String topic, int partition, OutboundRecord record) {
        return publisher.publish(topic, partition, record);
    }

    /** In order also on a thread that is interrupted, on which Kafka's clients would fail to close. */
    @Override
    public void close() {
        boolean isInterrupted = Thread.interrupted();
        try {
            closeClients();
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeClients() {
        reader.close();
        publisher.close();
        if (admin != null) {
            admin.close();
        }
    }
}
