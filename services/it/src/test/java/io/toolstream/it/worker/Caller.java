package io.toolstream.it.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.toolstream.kafka.PartitionTail;
import io.toolstream.kafka.StartAt;
import io.toolstream.wire.CancelCodec;
import io.toolstream.wire.CancelRequest;
import io.toolstream.wire.DeadLetter;
import io.toolstream.wire.DeadLetterCodec;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.DecodedReply;
import io.toolstream.wire.Event;
import io.toolstream.wire.EventCodec;
import io.toolstream.wire.EventsRecord;
import io.toolstream.wire.Header;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.StateReport;
import io.toolstream.wire.WireLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Whoever sends calls and sees everything that comes of them: any Kafka client, without our client library. */
final class Caller implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Pipeline pipeline;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Queue<InboundRecord> replies = new ConcurrentLinkedQueue<>();
    private final Queue<InboundRecord> deadLetters = new ConcurrentLinkedQueue<>();
    private final Queue<InboundRecord> events = new ConcurrentLinkedQueue<>();
    private final List<PartitionTail> tails = new ArrayList<>();

    /** The topics must be there. */
    Caller(Pipeline pipeline) throws Exception {
        this.pipeline = pipeline;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        pipeline.cluster().connection().bootstrapServers(),
                        "max.request.size",
                        2_097_152),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        follow(pipeline.topics().replies(), replies);
        follow(pipeline.topics().deadLetters(), deadLetters);
        follow(pipeline.topics().events(), events);
    }

    /** Replies of a further topic are seen, too. */
    void alsoReadsRepliesOf(String topic) throws Exception {
        follow(topic, replies);
    }

    private void follow(String topic, Queue<InboundRecord> seen) throws Exception {
        PartitionTail tail = PartitionTail.start(pipeline.cluster().connection(), topic, StartAt.BEGINNING, seen::add);
        tails.add(tail);
        tail.ready().get(60, TimeUnit.SECONDS);
    }

    void send(String value, Header... headers) throws Exception {
        send(null, value.getBytes(UTF_8), headers);
    }

    /** Waits for the acknowledgement: from then on the call is accepted. */
    void send(@Nullable Integer partition, byte @Nullable [] value, Header... headers) throws Exception {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(pipeline.topics().calls(), partition, null, value);
        for (Header header : headers) {
            record.headers().add(header.name(), header.value());
        }
        producer.send(record).get(60, TimeUnit.SECONDS);
    }

    /** Asks to cancel the call of this id; acknowledged. */
    void cancel(String id) throws Exception {
        OutboundRecord request = new CancelCodec().encode(new CancelRequest(id));
        producer.send(new ProducerRecord<>(pipeline.topics().control(), request.key(), request.value()))
                .get(60, TimeUnit.SECONDS);
    }

    /** Without waiting for the acknowledgement. */
    void sendMany(List<String> values) {
        values.forEach(value -> {
            var unused =
                    producer.send(new ProducerRecord<>(pipeline.topics().calls(), null, null, value.getBytes(UTF_8)));
        });
        producer.flush();
    }

    /** The replies to the call of this id, once there is one. */
    Reply reply(String id) {
        return await().atMost(PATIENCE)
                .until(() -> replies(id), seen -> !seen.isEmpty())
                .get(0);
    }

    /** The record of that reply. */
    InboundRecord replyRecord(String id) {
        reply(id);
        return replies.stream()
                .filter(record -> isReplyTo(record, id))
                .findFirst()
                .orElseThrow();
    }

    List<Reply> replies(String id) {
        return replies().stream()
                .filter(reply -> reply.identity().id().equals(id))
                .toList();
    }

    List<Reply> replies() {
        return replies.stream()
                .map(record -> new ReplyCodec(WireLimits.DEFAULT).decode(record))
                .filter(DecodedReply.WellFormed.class::isInstance)
                .map(decoded -> ((DecodedReply.WellFormed) decoded).reply())
                .toList();
    }

    int replyCount() {
        return replies.size();
    }

    List<DecodedReply.Closing> closings() {
        return replies.stream()
                .map(record -> new ReplyCodec(WireLimits.DEFAULT).decode(record))
                .filter(DecodedReply.Closing.class::isInstance)
                .map(DecodedReply.Closing.class::cast)
                .toList();
    }

    List<DeadLetter> deadLetters() {
        return deadLetters.stream()
                .map(record -> new DeadLetterCodec().decode(record))
                .map(decoded -> ((Decoded.WellFormed<DeadLetter>) decoded).value())
                .toList();
    }

    List<Event> events() {
        return events.stream()
                .map(record -> new EventCodec().decode(record))
                .flatMap(decoded -> ((Decoded.WellFormed<EventsRecord>) decoded).value().events().stream())
                .toList();
    }

    /** How workers said that they are. */
    List<StateReport> reports() {
        return events.stream()
                .map(record -> new EventCodec().decode(record))
                .flatMap(decoded -> ((Decoded.WellFormed<EventsRecord>) decoded).value().reports().stream())
                .toList();
    }

    /** As they stand on their topic. */
    List<InboundRecord> deadLetterRecords() {
        return List.copyOf(deadLetters);
    }

    /** As they stand on their topic. */
    List<InboundRecord> eventRecords() {
        return List.copyOf(events);
    }

    private static boolean isReplyTo(InboundRecord record, String id) {
        return new ReplyCodec(WireLimits.DEFAULT).decode(record) instanceof DecodedReply.WellFormed decoded
                && decoded.reply().identity().id().equals(id);
    }

    static Header header(String name, String value) {
        return new Header(name, value.getBytes(UTF_8));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        tails.forEach(PartitionTail::close);
    }
}
