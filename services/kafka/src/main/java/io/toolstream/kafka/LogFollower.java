package io.toolstream.kafka;

import io.toolstream.wire.InboundRecord;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Follows partitions of one topic that come and go, without a group, and tells how far it knows each of them without a
 * gap. A partition is read from so long ago as the follower reaches back. Survives brokers that go away and come back.
 *
 * <p>One thread of its own, {@code follow-n}, on which the listeners are called. Methods here are for any thread; only
 * {@code close} blocks.
 */
public final class LogFollower implements AutoCloseable {
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final FollowReading reading;
    private final ReadLoop loop;

    private LogFollower(FollowReading reading, ReadLoop loop) {
        this.reading = reading;
        this.loop = loop;
    }

    /** Follows nothing yet. */
    public static LogFollower start(KafkaConnection connection, String topic, Duration reach) {
        FollowReading reading = new FollowReading(topic, reach);
        String thread = "follow-" + THREADS.incrementAndGet();
        return new LogFollower(
                reading,
                ReadLoop.start(
                        ConsumerProperties.ofReader(connection, "follow-" + topic), reading, "topic " + topic, thread));
    }

    /** From the record that is as old as the reach, or the oldest there is. Already followed: nothing changes. */
    public void follow(int partition, Listener listener) {
        if (reading.follow(partition, listener)) {
            loop.changed();
        }
    }

    /** Its listener hears nothing of what is read from now on. */
    public void leave(int partition) {
        if (reading.leave(partition)) {
            loop.changed();
        }
    }

    /** Looks at once, should it be resting; the listener says for how long somebody waits. */
    public void hurry() {
        reading.hurry();
        loop.hurry();
    }

    /** Completes when the follower has ended: exceptionally unless {@link #close} ended it. */
    public CompletableFuture<Void> terminated() {
        return loop.terminated();
    }

    /** What keeps it from reading, null while nothing does. */
    public @Nullable String trouble() {
        return loop.trouble();
    }

    /** Ends the follower and waits for its thread, up to 10 s. */
    @Override
    public void close() {
        loop.close();
    }

    /** Told what is read of a partition, in its order, and asked how urgent it is; on the follower's thread. Must not block; must not throw. */
    public interface Listener {
        /** Whom nothing is told. */
        Listener NOBODY = new Listener() {
            @Override
            public void startsAt(long offset) {}

            @Override
            public void read(InboundRecord record) {}

            @Override
            public boolean isAwaited() {
                return false;
            }
        };

        /** Reading begins here: at first, and where the position was no longer in the log (smaller: the log is another). */
        void startsAt(long offset);

        void read(InboundRecord record);

        /** Every record below this offset has been read, or there was none. */
        default void readUpTo(long nextOffset) {}

        /** True, as by default, as long as somebody waits for more; else a little is left to stand for a fifth of a second. */
        default boolean isAwaited() {
            return true;
        }
    }
}
