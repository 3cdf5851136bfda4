package io.toolstream.kafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Has the first record of a producer to a partition go alone: the others wait until it is acknowledged. Any thread; never
 * blocks.
 *
 * <p>A broker takes any first sequence number of a producer that it does not know in a partition (KAFKA-15591; brokers up to
 * 4.3 at least). When two requests are under way there, and it refuses the first, be it because the partition's leader is just
 * changing or because a record is too large for the topic, and takes the second, then what was refused is out of order for
 * ever: the producer tries it until its delivery times out, and holds up all that belongs behind it.
 *
 * <p>A broker forgets a producer that was silent for a day ({@code producer.id.expiration.ms}), so all are introduced anew
 * every hour.
 */
final class Introductions {
    private static final int UNKNOWN = 0;
    private static final int UNDER_WAY = 1;
    private static final int KNOWN = 2;
    private static final long RENEWAL_NANOS = Duration.ofHours(1).toNanos();

    /** More topics than a publisher remembers otherwise: it begins again. */
    private static final int MOST_TOPICS = 1_000;

    private final ConcurrentHashMap<String, Topic> topics = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private volatile long renewedNanos;

    Introductions(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.renewedNanos = nanoTime.getAsLong();
    }

    /**
     * Where a record may go now.
     *
     * @param partition null: the producer decides
     * @param introducing the topic for which it is the first of its partition; null if it is not
     */
    record Entry(@Nullable Integer partition, @Nullable Topic introducing) {
        boolean isFirst() {
            return introducing != null;
        }

        /** The producer has not taken the record, or it has ended. */
        void ended(boolean isAcknowledged) {
            if (introducing != null && partition != null) {
                introducing.introduced(partition, isAcknowledged);
            }
        }
    }

    /**
     * Asks for a record that is given to the producer next.
     *
     * @param partition null: by the key, or any
     * @param count of the topic's partitions
     * @return null if it has to wait for the one that is under way; asked again then
     */
    @Nullable
    Entry enter(String topic, @Nullable Integer partition, byte @Nullable [] key, int count) {
        Topic known = topic(topic, count);
        if (partition != null) {
            return known.at(partition);
        }
        return key == null ? known.anywhere() : known.at(Utils.toPositive(Utils.murmur2(key)) % count);
    }

    private Topic topic(String name, int count) {
        long now = nanoTime.getAsLong();
        if (now - renewedNanos > RENEWAL_NANOS || topics.size() > MOST_TOPICS) {
            renewedNanos = now;
            topics.clear();
        }
        Topic known = topics.get(name);
        return known != null && known.states.length() == count
                ? known
                : topics.compute(
                        name,
                        (same, other) -> other != null && other.states.length() == count ? other : new Topic(count));
    }

    /** What is known of one topic. */
    static final class Topic {
        private static final Entry ANY = new Entry(null, null);

        private final AtomicIntegerArray states;
        private final List<Entry> entries;
        private final AtomicInteger known = new AtomicInteger();
        private final AtomicInteger turn = new AtomicInteger();

        Topic(int count) {
            this.states = new AtomicIntegerArray(count);
            this.entries = IntStream.range(0, count)
                    .mapToObj(partition -> new Entry(partition, null))
                    .toList();
        }

        @Nullable
        Entry at(int partition) {
            if (states.get(partition) == KNOWN) {
                return entries.get(partition);
            }
            return states.compareAndSet(partition, UNKNOWN, UNDER_WAY) ? new Entry(partition, this) : null;
        }

        /** As the producer likes, once all are known; until then one that may be used, those first that are not known. */
        @Nullable
        Entry anywhere() {
            int count = states.length();
            if (known.get() == count) {
                return ANY;
            }
            int from = Math.floorMod(turn.getAndIncrement(), count);
            Entry usable = null;
            for (int i = 0; i < count; i++) {
                int partition = (from + i) % count;
                if (states.get(partition) == UNKNOWN) {
                    Entry first = at(partition);
                    return first != null ? first : anywhere();
                }
                usable = usable == null && states.get(partition) == KNOWN ? entries.get(partition) : usable;
            }
            return usable;
        }

        void introduced(int partition, boolean isAcknowledged) {
            known.addAndGet(isAcknowledged ? 1 : 0);
            states.set(partition, isAcknowledged ? KNOWN : UNKNOWN);
        }
    }
}
