package io.toolstream.client.metrics;

import io.toolstream.kafka.BrokerUnavailableException;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.LogFollower;
import io.toolstream.kafka.TopicAdmin;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.MetricsCodec;
import io.toolstream.wire.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Reads the metrics topic from some time ago on, and hands over each record as it comes. Of one scope and window several
 * come, and the last holds. Only what stands is read: nothing of a transaction that was given up.
 *
 * <p>One thread of its own, on which records arrive; whoever takes them must not block. Methods here are for any thread; only
 * starting and closing block.
 */
public final class MetricsFollower implements AutoCloseable {
    private final LogFollower follower;

    private MetricsFollower(LogFollower follower) {
        this.follower = follower;
    }

    /**
     * Reads from now on.
     *
     * @param reach how old the first record may be
     * @throws BrokerUnavailableException if no broker answers
     * @throws IllegalStateException if there is no such topic
     */
    public static MetricsFollower start(
            KafkaConnection kafka, TopicNames topics, Duration reach, Consumer<FollowedWindow> onFollowThread) {
        int partitions = partitions(kafka, topics.metrics());
        LogFollower follower = LogFollower.start(committed(kafka), topics.metrics(), reach);
        Reading reading = new Reading(onFollowThread);
        for (int partition = 0; partition < partitions; partition++) {
            follower.follow(partition, reading);
        }
        return new MetricsFollower(follower);
    }

    private static int partitions(KafkaConnection kafka, String topic) {
        try (TopicAdmin admin = new TopicAdmin(kafka)) {
            OptionalInt count = admin.partitions(topic);
            return count.orElseThrow(() -> new IllegalStateException("there is no topic " + topic));
        }
    }

    private static KafkaConnection committed(KafkaConnection kafka) {
        Map<String, String> properties = new HashMap<>(kafka.properties());
        properties.put("isolation.level", "read_committed");
        return new KafkaConnection(kafka.bootstrapServers(), kafka.clientId(), properties);
    }

    /** Completes when it has ended: exceptionally unless {@link #close} ended it. */
    public CompletableFuture<Void> terminated() {
        return follower.terminated();
    }

    @Override
    public void close() {
        follower.close();
    }

    private record Reading(Consumer<FollowedWindow> taker) implements LogFollower.Listener {
        @Override
        public void startsAt(long offset) {}

        @Override
        public void read(InboundRecord record) {
            MetricsCodec.window(record.key()).ifPresent(window -> taker.accept(new FollowedWindow(window, record)));
        }
    }
}
