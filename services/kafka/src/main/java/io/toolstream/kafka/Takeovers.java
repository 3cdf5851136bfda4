package io.toolstream.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, as partitions are assigned, where the group stands and whether their last owner gave them back. Poll thread;
 * waits for the broker, up to five seconds twice. Without an answer the partitions are read from the same offset, not
 * knowing what was done beyond it and what was in flight.
 */
final class Takeovers {
    private static final Logger log = LoggerFactory.getLogger(Takeovers.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final int holder;
    private final LongSupplier nanoTime;
    private final LongAdder crashes = new LongAdder();

    Takeovers(Consumer<byte[], byte[]> consumer, int holder, LongSupplier nanoTime) {
        this.consumer = consumer;
        this.holder = holder;
        this.nanoTime = nanoTime;
    }

    /** What an assignment of ours has to tell. */
    TakeMarks marks(int step) {
        return new TakeMarks(holder, step);
    }

    /** Those that the group has committed before. */
    Map<TopicPartition, Resumption> of(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        Map<TopicPartition, CommitNote> crashed = new HashMap<>();
        Map<TopicPartition, Resumption> found = new HashMap<>();
        committed.putAll(ask(partitions, () -> consumer.committed(Set.copyOf(partitions), TIMEOUT)));
        committed.forEach((partition, last) -> {
            if (last != null) {
                CommitNote note = CommitNoteCodec.decode(last.offset(), last.metadata());
                found.put(partition, new Resumption(last.offset(), last.metadata(), note.done(), note.history()));
                if (note.take() != null && note.take().holder() != holder) {
                    crashed.put(partition, note);
                }
            }
        });
        Map<TopicPartition, Long> ends = ask(crashed.keySet(), () -> consumer.endOffsets(crashed.keySet(), TIMEOUT));
        crashed.forEach((partition, note) -> {
            long end = ends.getOrDefault(partition, Long.MAX_VALUE);
            found.computeIfPresent(partition, (same, last) -> afterCrash(partition, last, note, end));
        });
        return found;
    }

    /** Partitions so far that were not given back by their last owner. */
    long crashes() {
        return crashes.sum();
    }

    private Resumption afterCrash(TopicPartition partition, Resumption last, CommitNote note, long logEnd) {
        Take take = java.util.Objects.requireNonNull(note.take());
        CrashHistory history = note.history().after(take, logEnd).from(last.offset());
        crashes.increment();
        if (history.onceEnd() > last.offset()) {
            log.warn(
                    "{} was not given back by its last owner: offsets {} to {} may have been in flight, those before {}"
                            + " the second time; culprits: {}",
                    partition,
                    last.offset(),
                    history.onceEnd() - 1,
                    Math.max(last.offset(), history.twiceEnd()),
                    history.culprits());
        }
        return new Resumption(last.offset(), last.note(), last.done(), history);
    }

    private <T> Map<TopicPartition, T> ask(
            Collection<TopicPartition> partitions, Supplier<Map<TopicPartition, T>> question) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        long deadlineNanos = nanoTime.getAsLong() + TIMEOUT.toNanos();
        while (true) {
            try {
                return question.get();
            } catch (KafkaException e) {
                if (!(e instanceof WakeupException) || deadlineNanos - nanoTime.getAsLong() <= 0) {
                    log.warn(
                            "the last owner's notes about {} cannot be read: some records may run again",
                            partitions,
                            e);
                    return Map.of();
                }
            }
        }
    }
}
