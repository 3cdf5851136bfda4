package io.toolstream.worker.parking;

import io.toolstream.settings.LimitSettings;
import io.toolstream.settings.ParkingSettings;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * A parked topic in memory, shared by the workers of a test: each has a {@link #view} of its own, which reads when it is
 * told to, and can be cut off as a worker is that was killed.
 */
public final class MemoryParkedTopic {
    private final Map<Integer, List<InboundRecord>> parked = new HashMap<>();
    private final List<OutboundRecord> calls = new ArrayList<>();
    private final LongSupplier millis;

    public MemoryParkedTopic(LongSupplier millis) {
        this.millis = millis;
    }

    public View view() {
        return new View();
    }

    /** One that nothing is ever due in. */
    public static ParkingLot lot() {
        MemoryParkedTopic topic = new MemoryParkedTopic(() -> 0);
        return topic.view().lot(ParkingSettings.DEFAULT, server -> true, InstantSource.system());
    }

    /** What came back, in the order in which it did. */
    public List<OutboundRecord> calls() {
        return List.copyOf(calls);
    }

    List<InboundRecord> records(int partition) {
        return parked.computeIfAbsent(partition, unused -> new ArrayList<>());
    }

    /** The topic as one worker sees it. */
    public final class View implements ParkedTopic {
        private final Map<Integer, ParkedPartition> readers = new HashMap<>();
        private final Map<Integer, Integer> positions = new HashMap<>();
        private BooleanSupplier arrives = () -> true;
        private int mostBytes = Integer.MAX_VALUE;

        public ParkingLot lot(ParkingSettings settings, Predicate<String> takesCalls, InstantSource clock) {
            return new ParkingLot(this, settings, LimitSettings.DEFAULT, takesCalls, clock);
        }

        /** Reads up to {@code most} records of each partition that is followed. */
        public void read(int most) {
            readers.forEach((partition, reader) -> {
                List<InboundRecord> all = records(partition);
                int from = positions.getOrDefault(partition, 0);
                int to = from + Math.min(all.size() - from, most);
                all.subList(from, to).forEach(reader::read);
                positions.put(partition, to);
            });
        }

        /** The calls topic takes no larger value. */
        void takesUpTo(int bytes) {
            mostBytes = bytes;
        }

        /** Nothing this worker writes after {@code writes} more arrives. */
        void cutOffAfter(int writes) {
            AtomicInteger left = new AtomicInteger(writes);
            writesWhile(() -> left.getAndDecrement() > 0);
        }

        /** Asked before each write whether it arrives; none does after one that did not. */
        public void writesWhile(BooleanSupplier condition) {
            AtomicBoolean isCutOff = new AtomicBoolean();
            arrives = () -> {
                isCutOff.compareAndSet(false, !condition.getAsBoolean());
                return !isCutOff.get();
            };
        }

        @Override
        public CompletableFuture<RecordPosition> park(int partition, OutboundRecord record) {
            if (!arrives.getAsBoolean()) {
                return new CompletableFuture<>();
            }
            RecordPosition position =
                    new RecordPosition("parked", partition, records(partition).size());
            records(partition)
                    .add(new InboundRecord(
                            position, millis.getAsLong(), record.key(), record.value(), record.headers()));
            return CompletableFuture.completedFuture(position);
        }

        @Override
        public CompletableFuture<RecordPosition> giveBack(int partition, OutboundRecord call) {
            if (!arrives.getAsBoolean()) {
                return new CompletableFuture<>();
            }
            byte[] value = call.value();
            if (value != null && value.length > mostBytes) {
                return CompletableFuture.failedFuture(new IllegalArgumentException("too large"));
            }
            calls.add(call);
            return CompletableFuture.completedFuture(new RecordPosition("calls", partition, calls.size()));
        }

        @Override
        public CompletableFuture<InboundRecord> read(int partition, long offset) {
            return CompletableFuture.completedFuture(records(partition).get((int) offset));
        }

        @Override
        public void follow(int partition, ParkedPartition reader) {
            readers.put(partition, reader);
            positions.put(partition, 0);
            reader.startsAnew();
        }

        @Override
        public void leave(int partition) {
            readers.remove(partition);
        }

        @Override
        public void close() {
            readers.clear();
        }
    }
}
