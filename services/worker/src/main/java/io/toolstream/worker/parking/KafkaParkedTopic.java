package io.toolstream.worker.parking;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.LogFollower;
import io.toolstream.kafka.Publisher;
import io.toolstream.kafka.RecordReader;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.TopicNames;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The parked topic on a broker. */
final class KafkaParkedTopic implements ParkedTopic {
    private final TopicNames topics;
    private final Publisher publisher;
    private final RecordReader single;
    private final LogFollower follower;

    /**
     * Follows nothing yet.
     *
     * @param publisher does not give up by itself; it is not closed here
     * @param reach no call waits for longer
     */
    KafkaParkedTopic(KafkaConnection connection, TopicNames topics, Publisher publisher, Duration reach) {
        this.topics = topics;
        this.publisher = publisher;
        this.single = new RecordReader(connection);
        this.follower = LogFollower.start(connection, topics.parked(), reach);
    }

    @Override
    public CompletableFuture<RecordPosition> park(int partition, OutboundRecord record) {
        return publisher.publish(topics.parked(), partition, record);
    }

    @Override
    public CompletableFuture<RecordPosition> giveBack(int partition, OutboundRecord call) {
        return publisher.publish(topics.calls(), partition, call);
    }

    @Override
    public CompletableFuture<InboundRecord> read(int partition, long offset) {
        return single.read(new RecordPosition(topics.parked(), partition, offset));
    }

    @Override
    public void follow(int partition, ParkedPartition reader) {
        follower.follow(partition, new Listener(reader));
    }

    @Override
    public void leave(int partition) {
        follower.leave(partition);
    }

    @Override
    public void close() {
        follower.close();
        single.close();
    }

    /** On the follower's thread. A partition is known up to its own mark, which is a record. */
    private record Listener(ParkedPartition reader) implements LogFollower.Listener {
        @Override
        public void startsAt(long offset) {
            reader.startsAnew();
        }

        @Override
        public void read(InboundRecord record) {
            reader.read(record);
        }
    }
}
