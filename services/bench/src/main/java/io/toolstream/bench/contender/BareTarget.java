package io.toolstream.bench.contender;

import io.toolstream.bench.load.Target;
import io.toolstream.bench.load.WrongAnswerException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Near side of floor and peer: a producer, the tail of one reply partition, and a map between. Answers complete on the
 * tail's thread.
 */
public final class BareTarget implements Target {
    private static final int PARTITION = 0;

    private final Route route;
    private final Payload payload;
    private final Producer<byte[], byte[]> calls;
    private final PollLoop tail;
    private final Map<Long, CompletableFuture<Void>> pending = new ConcurrentHashMap<>();
    private final Header replyPartition = new RecordHeader(BareHeaders.REPLY_PARTITION, BareHeaders.bytes(PARTITION));

    public BareTarget(Route route, Payload payload) {
        this.route = route;
        this.payload = payload;
        BareKafka kafka = new BareKafka(route);
        this.calls = kafka.producer();
        this.calls.partitionsFor(route.calls());
        this.tail = PollLoop.following(kafka.tail(), new TopicPartition(route.replies(), PARTITION), this::answer);
    }

    @Override
    public CompletableFuture<Void> call(long number) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        pending.put(number, answer);
        var unused = calls.send(record(number), (metadata, failure) -> {
            if (failure != null) {
                pending.remove(number);
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    private ProducerRecord<byte[], byte[]> record(long number) {
        Header correlation = new RecordHeader(BareHeaders.CORRELATION_ID, BareHeaders.bytes(number));
        List<Header> headers = List.of(correlation, replyPartition);
        return new ProducerRecord<>(route.calls(), null, null, null, payload.call(number), headers);
    }

    private void answer(ConsumerRecord<byte[], byte[]> reply) {
        long number = BareHeaders.number(reply.headers(), BareHeaders.CORRELATION_ID);
        CompletableFuture<Void> answer = pending.remove(number);
        if (answer == null) {
            return;
        }
        byte[] value = reply.value();
        if (payload.isEchoedIn(value, 0, value.length, number)) {
            answer.complete(null);
        } else {
            answer.completeExceptionally(new WrongAnswerException("the reply to call " + number + " is another's"));
        }
    }

    @Override
    public void close() {
        tail.close();
        calls.close();
    }
}
