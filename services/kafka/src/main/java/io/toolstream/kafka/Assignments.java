package io.toolstream.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that are ours, and what was read from them. The poll thread changes it; any thread may take a
 * {@link #snapshot}.
 */
final class Assignments {
    private static final Logger log = LoggerFactory.getLogger(Assignments.class);

    private final Map<TopicPartition, Assignment> byPartition = new ConcurrentHashMap<>();
    private final Completions completions;
    private final Dispatcher dispatcher;
    private final Takeovers takeovers;
    private final ConsumerEngineSettings settings;
    private final LongSupplier nanoTime;

    /** Since the last poll that brought anything, or could have. */
    private final Set<TopicPartition> assignedJustNow = new HashSet<>();

    private final Set<TopicPartition> fencedJustNow = new HashSet<>();
    private volatile long skipped;

    Assignments(
            Completions completions,
            Dispatcher dispatcher,
            Takeovers takeovers,
            ConsumerEngineSettings settings,
            LongSupplier nanoTime) {
        this.takeovers = takeovers;
        this.completions = completions;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /** Waits for the broker to tell where the group stands. */
    void add(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Resumption> resumptions = takeovers.of(partitions);
        for (TopicPartition partition : partitions) {
            Assignment assignment = assignment(partition);
            Resumption last = resumptions.get(partition);
            if (last != null) {
                assignment.resume(last);
            }
            byPartition.put(partition, assignment);
            assignedJustNow.add(partition);
        }
    }

    /** Those of the partitions that are ours. */
    List<Assignment> of(Collection<TopicPartition> partitions) {
        List<Assignment> found = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Assignment assignment = byPartition.get(partition);
            if (assignment != null) {
                found.add(assignment);
            }
        }
        return found;
    }

    Collection<Assignment> all() {
        return byPartition.values();
    }

    /** From here on nothing of them counts. */
    void fence(Collection<Assignment> leaving) {
        dispatcher.drop(leaving);
        for (Assignment assignment : List.copyOf(leaving)) {
            assignment.fence();
            fencedJustNow.add(assignment.partition());
            byPartition.remove(assignment.partition(), assignment);
        }
    }

    /**
     * Tracks what a poll brought and lines it up for the handler. What it brought of a partition that was taken away
     * during that same poll (KAFKA-20332) is left to the new owner. If that is this one, what was fetched for the former
     * assignment begins beyond what the group has committed, so it is read again from there.
     *
     * @param rewind has a partition read from an offset; from its beginning if none is known
     */
    void read(ConsumerRecords<byte[], byte[]> records, ObjLongConsumer<TopicPartition> rewind) {
        Set<TopicPartition> givenBack = new HashSet<>(assignedJustNow);
        givenBack.retainAll(fencedJustNow);
        assignedJustNow.clear();
        fencedJustNow.clear();
        for (TopicPartition partition : records.partitions()) {
            if (isOurs(partition, givenBack)) {
                read(partition, records.records(partition));
            } else {
                log.warn("{} brought records after it was taken away: they are not handled here", partition);
            }
        }
        records.nextOffsets().forEach((partition, next) -> {
            if (isOurs(partition, givenBack)) {
                heldAt(partition, next.offset()).readUpTo(next.offset());
            }
        });
        for (Assignment assignment : of(givenBack)) {
            rewind.accept(assignment.partition(), assignment.position());
        }
    }

    private boolean isOurs(TopicPartition partition, Set<TopicPartition> givenBack) {
        return byPartition.containsKey(partition) && !givenBack.contains(partition);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the poll thread writes
    private void read(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        long now = nanoTime.getAsLong();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Assignment assignment = heldAt(partition, record.offset());
            if (assignment.skips(record.offset(), now)) {
                skipped++;
            } else {
                dispatcher.add(assignment.read(InboundRecords.of(record), now));
            }
        }
    }

    void advance() {
        if (!byPartition.isEmpty()) {
            PartitionLimits limits = limits();
            byPartition.values().forEach(assignment -> assignment.advance(limits));
        }
    }

    private Assignment assignment(TopicPartition partition) {
        return new Assignment(
                partition,
                completions,
                takeovers.marks(settings.maxUnsettled()),
                new Exposure(settings.maxUnsettled()));
    }

    /** As much as may be in flight may wait in lanes besides: by count in each partition, by bytes in all together. */
    private PartitionLimits limits() {
        return new PartitionLimits(
                settings.maxUnsettled(), settings.maxInFlight(), settings.maxInFlightBytes() / byPartition.size() + 1);
    }

    /** Records that were read and, being done already, not handled again. */
    long skipped() {
        return skipped;
    }

    List<PartitionSnapshot> snapshot() {
        long now = nanoTime.getAsLong();
        return byPartition.values().stream()
                .map(assignment -> assignment.snapshot(now))
                .toList();
    }

    /**
     * The assignment that reads on at this offset. Where that lies behind what was read already, the log was truncated or
     * made anew: what was read then says nothing about the records that now have these offsets.
     */
    private Assignment heldAt(TopicPartition partition, long offset) {
        Assignment assignment = Objects.requireNonNull(byPartition.get(partition), "not assigned");
        if (!assignment.isRegression(offset)) {
            return assignment;
        }
        log.warn("{} goes back to offset {}: the log was truncated or made anew", partition, offset);
        fence(List.of(assignment));
        Assignment anew = assignment(partition);
        byPartition.put(partition, anew);
        return anew;
    }
}
