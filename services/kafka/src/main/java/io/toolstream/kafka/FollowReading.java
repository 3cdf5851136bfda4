package io.toolstream.kafka;

import io.toolstream.kafka.LogFollower.Listener;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * What a follower reads: partitions that come and go, each from so long ago as it reaches back, and each to a listener of
 * its own. {@code wanted} and {@code left} are guarded by this object's lock.
 */
final class FollowReading implements Reading {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LOOK_UP = Duration.ofSeconds(5);

    /** Between two looks at a log that nobody waits for, once there is little to read. */
    static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final int LITTLE = 100;

    private final String topic;
    private final Duration reach;
    private final Map<TopicPartition, Listener> wanted = new HashMap<>();
    private final Set<TopicPartition> left = new HashSet<>();
    private final Map<TopicPartition, Listener> started =
            new HashMap<>(); // of the thread: with a position of their own
    private volatile boolean isChanged;
    private volatile boolean isHurried;

    FollowReading(String topic, Duration reach) {
        this.topic = topic;
        this.reach = reach;
    }

    /** Any thread. False if it was followed already. */
    synchronized boolean follow(int partition, Listener listener) {
        if (wanted.putIfAbsent(new TopicPartition(topic, partition), listener) != null) {
            return false;
        }
        isChanged = true;
        return true;
    }

    /** Any thread. One that is followed again begins anew. False if it was not followed. */
    synchronized boolean leave(int partition) {
        TopicPartition followed = new TopicPartition(topic, partition);
        if (wanted.remove(followed) == null) {
            return false;
        }
        left.add(followed);
        isChanged = true;
        return true;
    }

    /** Somebody waits for what stands in the log. Any thread. */
    void hurry() {
        isHurried = true;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> read(Consumer<byte[], byte[]> consumer) {
        if (isChanged) {
            assignWanted(consumer);
        }
        return started.isEmpty() ? ConsumerRecords.empty() : consumer.poll(POLL);
    }

    private void assignWanted(Consumer<byte[], byte[]> consumer) {
        try {
            assign(consumer);
        } catch (RuntimeException e) {
            isChanged = true; // tried again as a whole
            throw e;
        }
    }

    /** Those followed already go on where they are. */
    private void assign(Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Listener> all = changes();
        consumer.assign(all.keySet());
        Set<TopicPartition> added = new HashSet<>(all.keySet());
        added.removeAll(started.keySet());
        Map<TopicPartition, Long> starts = added.isEmpty() ? Map.of() : starts(consumer, added);
        starts.forEach((partition, offset) -> {
            Listener listener = Objects.requireNonNull(all.get(partition));
            consumer.seek(partition, offset);
            started.put(partition, listener);
            listener.startsAt(offset);
        });
    }

    private synchronized Map<TopicPartition, Listener> changes() {
        isChanged = false;
        left.forEach(started::remove);
        left.clear();
        return Map.copyOf(wanted);
    }

    private Map<TopicPartition, Long> starts(Consumer<byte[], byte[]> consumer, Set<TopicPartition> added) {
        long sinceMillis = System.currentTimeMillis() - reach.toMillis();
        Map<TopicPartition, Long> wantedTimes =
                added.stream().collect(Collectors.toMap(partition -> partition, partition -> sinceMillis));
        // The ends first: what is appended between the two questions is read, not skipped.
        Map<TopicPartition, Long> ends = consumer.endOffsets(added, LOOK_UP);
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wantedTimes, LOOK_UP);
        return added.stream()
                .collect(Collectors.toMap(partition -> partition, partition -> start(partition, found, ends)));
    }

    private static long start(
            TopicPartition partition, Map<TopicPartition, OffsetAndTimestamp> found, Map<TopicPartition, Long> ends) {
        OffsetAndTimestamp youngEnough = found.get(partition);
        return youngEnough == null ? ends.getOrDefault(partition, 0L) : youngEnough.offset();
    }

    @Override
    public void handOver(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            Listener listener = listening(partition);
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                listener.read(InboundRecords.of(record));
            }
        }
        records.nextOffsets().forEach((partition, next) -> listening(partition).readUpTo(next.offset()));
    }

    /** Nobody, once the partition was left, though it may be followed again by now. */
    private synchronized Listener listening(TopicPartition partition) {
        return left.contains(partition) ? Listener.NOBODY : started.getOrDefault(partition, Listener.NOBODY);
    }

    /** Every fetch for a single record is work for the broker, and what this process writes it need not be told. */
    @Override
    public long restNanos(int records) {
        isHurried = false;
        if (started.isEmpty()) {
            return POLL.toNanos();
        }
        return records > 0 && records < LITTLE && !isAwaited() ? REST_NANOS : 0;
    }

    private boolean isAwaited() {
        return started.values().stream().anyMatch(Listener::isAwaited);
    }

    @Override
    public boolean isUrgent() {
        return isHurried || isChanged;
    }

    /** They are followed again, as if they were new. */
    @Override
    public void lost(Consumer<byte[], byte[]> consumer, Set<TopicPartition> lost) {
        started.keySet().removeAll(lost);
        isChanged = true;
    }

    @Override
    public boolean hasBegun() {
        return true;
    }
}
