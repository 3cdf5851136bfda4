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
import java.util.concurrent.atomic.AtomicInteger;

/** Replies as they come: when the first to each call did, all statuses, and how many came again. Any thread. */
final class OutageReplies implements AutoCloseable {
    private final Map<String, Long> first = new ConcurrentHashMap<>();
    private final Queue<Status> statuses = new ConcurrentLinkedQueue<>();
    private final AtomicInteger again = new AtomicInteger();
    private final ReplyCodec codec = new ReplyCodec(WireLimits.DEFAULT);
    private final PartitionTail tail;

    OutageReplies(KafkaConnection connection, TopicNames topics) throws Exception {
        this.tail = PartitionTail.start(connection, topics.replies(), StartAt.BEGINNING, this::replied);
        tail.ready().get(30, TimeUnit.SECONDS);
    }

    private void replied(InboundRecord record) {
        if (codec.decode(record) instanceof DecodedReply.WellFormed decoded) {
            statuses.add(decoded.reply().status());
            Long before = first.putIfAbsent(decoded.reply().identity().id(), System.nanoTime());
            again.addAndGet(before == null ? 0 : 1);
        }
    }

    /** By id, in {@link System#nanoTime}. */
    Map<String, Long> first() {
        return first;
    }

    Queue<Status> statuses() {
        return statuses;
    }

    int again() {
        return again.get();
    }

    @Override
    public void close() {
        tail.close();
    }
}
