package io.toolstream.bench.metrics;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.KafkaPublisher;
import io.toolstream.wire.Event;
import io.toolstream.wire.EventCodec;
import io.toolstream.wire.Priority;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** Writes events as workers would: those of one partition of calls to one partition of events. One thread. */
final class EventSource implements AutoCloseable {
    private static final int CALL_PARTITIONS = 24;
    private static final int MOST_UNDER_WAY = 200;

    private final EventCodec codec = new EventCodec();
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<CompletableFuture<?>> underWay = new ArrayList<>();
    private final KafkaPublisher publisher;
    private final String topic;
    private final int lanes;
    private final int tools;
    private long written;

    EventSource(KafkaConnection kafka, String topic, int lanes, int tools) {
        this.publisher = KafkaPublisher.bulk(kafka);
        this.topic = topic;
        this.lanes = lanes;
        this.tools = tools;
    }

    /** One record with so many. */
    void write(int count) {
        int partition = (int) (written / 1_000 % CALL_PARTITIONS);
        List<Event> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(event(partition, written++));
        }
        underWay.add(publisher.publish(topic, partition % lanes, codec.encode(events)));
        if (underWay.size() >= MOST_UNDER_WAY) {
            flush();
        }
    }

    void flush() {
        underWay.forEach(CompletableFuture::join);
        underWay.clear();
    }

    private Event event(int partition, long offset) {
        long queueMicros = random.nextLong(500, 3_000);
        long executeMicros = Math.round(10_000 * Math.exp(3 * random.nextDouble() * random.nextDouble()));
        boolean isOk = random.nextInt(50) > 0;
        return new Event(
                new Event.Origin(new RecordPosition("bench.calls", partition, offset), null),
                new Event.Subject(
                        "call-" + offset,
                        "server-" + random.nextInt(5),
                        "tool-" + random.nextInt(Math.max(1, tools / 5)),
                        null,
                        Priority.INTERACTIVE),
                new Event.Ending(isOk ? Status.OK : Status.FAILED, isOk ? null : "timed-out", 1, "none", true, !isOk),
                new Event.Times(queueMicros, executeMicros, queueMicros + executeMicros, 0),
                "worker-1",
                System.currentTimeMillis());
    }

    @Override
    public void close() {
        publisher.close();
    }
}
