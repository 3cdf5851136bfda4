package io.toolstream.it.guarantee;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.PartitionTail;
import io.toolstream.kafka.StartAt;
import io.toolstream.wire.DecodedReply;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.Status;
import io.toolstream.wire.TopicNames;
import io.toolstream.wire.WireLimits;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Replies as they come: when the first to each call did, all statuses, and how many there were to each. Any thread. */
final class OutageReplies implements AutoCloseable {
    private final Map<String, Long> first = new ConcurrentHashMap<>();
    private final Queue<Status> statuses = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final ReplyCodec codec = new ReplyCodec(WireLimits.DEFAULT);
    private final PartitionTail tail;

    OutageReplies(KafkaConnection connection, TopicNames topics) throws Exception {
        this.tail = PartitionTail.start(connection, topics.replies(), StartAt.BEGINNING, this::replied);
        tail.ready().get(60, TimeUnit.SECONDS);
    }

    private void replied(InboundRecord record) {
        if (codec.decode(record) instanceof DecodedReply.WellFormed decoded) {
            statuses.add(decoded.reply().status());
            if (decoded.reply().error() != null) {
                failures.add(
                        decoded.reply().identity().id() + ": " + decoded.reply().error());
            }
            String id = decoded.reply().identity().id();
            counts.merge(id, 1, Integer::sum);
            first.putIfAbsent(id, System.nanoTime());
        }
    }

    /** By id, in {@link System#nanoTime}. */
    Map<String, Long> first() {
        return first;
    }

    Queue<Status> statuses() {
        return statuses;
    }

    /** Of replies that are none, why. */
    Queue<String> failures() {
        return failures;
    }

    /** How many there were to each call, by id. */
    Map<String, Integer> counts() {
        return counts;
    }

    int again() {
        return counts.values().stream().mapToInt(count -> count - 1).sum();
    }

    @Override
    public void close() {
        tail.close();
    }
}
