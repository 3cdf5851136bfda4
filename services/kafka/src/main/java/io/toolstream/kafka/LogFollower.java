package io.toolstream.kafka;

import io.toolstream.wire.InboundRecord;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Follows partitions of one topic that come and go, without a group, and tells how far it knows each of them without a
 * gap. A partition is read from so long ago as the follower reaches back. Survives brokers that go away and come back.
 *
 * <p>One thread of its own, {@code follow-n}, on which the listener is called. Methods here are for any thread; only
 * {@code close} blocks.
 */
public final class LogFollower implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final FollowLoop loop;
    private final Thread thread;

    private LogFollower(FollowLoop loop) {
        this.loop = loop;
        this.thread = new Thread(loop::run, "follow-" + THREADS.incrementAndGet());
        this.thread.setDaemon(true);
    }

    /** Follows nothing yet. */
    public static LogFollower start(KafkaConnection connection, String topic, Duration reach, Listener listener) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                ConsumerProperties.ofReader(connection, "follow-" + topic),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        LogFollower follower = new LogFollower(new FollowLoop(consumer, topic, reach, listener));
        follower.thread.start();
        return follower;
    }

    /** From the record that is as old as the reach, or the oldest there is. Already followed: changes nothing. */
    public void follow(int partition) {
        loop.follow(partition);
    }

    public void leave(int partition) {
        loop.leave(partition);
    }

    /** Looks at once, should it be resting; the listener says for how long somebody waits. */
    public void hurry() {
        loop.hurry();
    }

    /** Completes when the follower has ended: exceptionally unless {@link #close} ended it. */
    public CompletableFuture<Void> terminated() {
        return loop.terminated().copy();
    }

    /** What keeps it from reading, null while nothing does. */
    public @Nullable String trouble() {
        return loop.trouble();
    }

    /** Ends the follower and waits for its thread, up to 10 s. */
    @Override
    public void close() {
        loop.stop();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Told what is read, and asked how urgent it is; per partition in its order; on the follower's thread. Must not block; must not throw. */
    public interface Listener {
        /** Reading begins here: at first, and where the position was no longer in the log (smaller: the log is another). */
        void startsAt(int partition, long offset);

        void read(InboundRecord record);

        /** Every record below this offset has been read, or there was none. */
        void readUpTo(int partition, long nextOffset);

        /** True, as by default, as long as somebody waits for more; else a little is left to stand for a fifth of a second. */
        default boolean isAwaited() {
            return true;
        }
    }
}
