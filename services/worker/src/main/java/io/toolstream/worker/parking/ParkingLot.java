package io.toolstream.worker.parking;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.Publisher;
import io.toolstream.runtime.logging.LogGate;
import io.toolstream.settings.LimitSettings;
import io.toolstream.settings.ParkingSettings;
import io.toolstream.wire.BatchRest;
import io.toolstream.wire.Call;
import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.ParkedCodec;
import io.toolstream.wire.ParkedEntry.Opened;
import io.toolstream.wire.ParkedEntry.Returned;
import io.toolstream.wire.ParkedEntry.Waiting;
import io.toolstream.wire.ParkedEntry.WaitingMembers;
import io.toolstream.wire.ParkedEntry.Wanted;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.TopicNames;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This worker's side of the parked topic: calls go there from any partition of calls, onto the partition of the same number;
 * they come back from the partitions whose calls are assigned to this worker. Any thread may call; only closing blocks.
 *
 * <p>No more come back than are settled meanwhile: a server that recovers is not overrun, and the calls of others do not stand
 * behind all that has waited. Those whose time is over do so beyond that, as many once more: they are answered at once, and on
 * time. A call that comes back is written to the calls topic first and marked as returned then. So none is lost; a worker that
 * ends in between leaves a call that comes back twice, under one id: a tool that runs once is protected by its claim, which
 * outlives the commit for calls that were moved.
 */
public final class ParkingLot implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ParkingLot.class);

    private final ParkedCodec codec = new ParkedCodec();
    private final Map<Integer, ParkedPartition> open = new ConcurrentHashMap<>();
    private final AtomicBoolean isTicking = new AtomicBoolean();
    private final LongAdder parked = new LongAdder();
    private final LongAdder returned = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder unreadable = new LongAdder();
    private final LogGate full = new LogGate(Duration.ofMinutes(1), System::nanoTime);
    private final ParkedTopic topic;
    private final ParkingSettings settings;
    private final ParkingRule rule;
    private final Predicate<String> takesCalls;
    private final InstantSource clock;
    private volatile boolean isStopped;

    /** @param limits what calls may have */
    ParkingLot(
            ParkedTopic topic,
            ParkingSettings settings,
            LimitSettings limits,
            Predicate<String> takesCalls,
            InstantSource clock) {
        this.topic = topic;
        this.settings = settings;
        this.rule = new ParkingRule(settings, limits);
        this.takesCalls = takesCalls;
        this.clock = clock;
    }

    /**
     * Where calls stay.
     *
     * @param publisher does not give up by itself; it is not closed here
     */
    public record Place(KafkaConnection connection, TopicNames topics, Publisher publisher) {}

    /**
     * Knows no partition yet.
     *
     * @param limits what calls may have; none has a deadline further away
     * @param takesCalls whether a server, by its name, has a chance to take a call now
     */
    public static ParkingLot start(
            Place place,
            ParkingSettings settings,
            LimitSettings limits,
            Predicate<String> takesCalls,
            InstantSource clock) {
        ParkedTopic topic = new KafkaParkedTopic(
                place.connection(),
                place.topics(),
                place.publisher(),
                limits.maxDeadline().plusHours(1));
        return new ParkingLot(topic, settings, limits, takesCalls, clock);
    }

    /**
     * Whether a call that has failed may wait, and until when.
     *
     * @param tool null where the tools of its server are not known yet
     */
    public Optional<Stay> mayWait(Call call, @Nullable Tool tool, InboundRecord record, Failure failure) {
        OptionalLong due = rule.due(call, record.headers(), failure, clock.millis());
        Wanted wanted = wanted(call, tool);
        return wanted == null || due.isEmpty()
                ? Optional.empty()
                : Optional.of(new Stay(wanted, due.getAsLong(), call.options().deadlineMillis(), failure.code()));
    }

    /**
     * Parks a record that is one call.
     *
     * @param id of the call
     * @return completes when the broker has the call, and it is the parked topic's from then on; empty if there is no room
     */
    public Optional<CompletableFuture<Void>> park(InboundRecord record, String id, Stay stay) {
        return write(
                record,
                new Waiting(
                        id,
                        stay.wanted(),
                        stay.dueMillis(),
                        stay.deadlineMillis(),
                        stay.code().text(),
                        ParkingRule.times(record.headers()) + 1,
                        CallDecoder.sentMillis(record)));
    }

    /**
     * Parks a record of several calls for those that are left: one record, whichever servers they wait for.
     *
     * @param stays of the calls that are left, not empty
     * @return as {@link #park}
     */
    public Optional<CompletableFuture<Void>> parkMembers(
            InboundRecord record, String batchId, BatchRest rest, List<Stay> stays) {
        List<String> servers = stays.stream()
                .map(stay -> stay.wanted().server())
                .distinct()
                .sorted()
                .toList();
        long due = stays.stream().mapToLong(Stay::dueMillis).min().orElseThrow();
        long deadline = stays.stream().mapToLong(Stay::deadlineMillis).min().orElseThrow();
        // As many deadlines as members must not make it come and go as often at once.
        long soonest = clock.millis() + settings.shortestWait().toMillis();
        return write(
                record,
                new Waiting(
                        batchId,
                        stays.get(0).wanted(),
                        due,
                        Math.max(deadline, soonest),
                        stays.get(0).code().text(),
                        ParkingRule.times(record.headers()) + 1,
                        CallDecoder.sentMillis(record),
                        new WaitingMembers(CallDecoder.nameOf(record), servers, rest)));
    }

    private Optional<CompletableFuture<Void>> write(InboundRecord record, Waiting waiting) {
        int partition = record.position().partition();
        ParkedPartition known = open.get(partition);
        int before = known == null ? 0 : known.calls();
        if (before + waiting.calls() > settings.partitionCalls()) {
            refused.add(waiting.calls());
            full.tell(() -> log.warn(
                    "partition {} of the parked topic is full, {} calls wait there: further ones are answered {}",
                    partition,
                    before,
                    waiting.code()));
            return Optional.empty();
        }
        return Optional.of(topic.park(partition, codec.encode(record, waiting))
                .thenAccept(position -> parked.add(waiting.calls())));
    }

    /** Null if nobody can say which server the call is for. */
    private static @Nullable Wanted wanted(Call call, @Nullable Tool tool) {
        String tenant = call.context().tenant();
        if (tool != null) {
            return new Wanted(tool.server(), tool.name(), tenant);
        }
        String server = call.target().server();
        return server == null ? null : new Wanted(server, call.target().tool(), tenant);
    }

    /** A record of the calls topic is done with, and it held so many calls: if it had come back from here, others may. */
    public void settled(InboundRecord record, int calls) {
        if (record.headers().last(HeaderNames.PARKED).isPresent()) {
            ParkedPartition partition = open.get(record.position().partition());
            if (partition != null) {
                partition.settled(calls);
            }
        }
    }

    /** What the consumer engine knows, now and then: the partitions of calls that are this worker's. */
    public void assigned(Set<Integer> partitions) {
        partitions.forEach(number -> {
            ParkedPartition partition = open.computeIfAbsent(number, this::open);
            if (partition.wasOvertaken()) {
                mark(number, partition); // it went to another worker and came back before anybody looked
            }
        });
        open.keySet().removeIf(number -> {
            boolean isLost = !partitions.contains(number);
            if (isLost) {
                topic.leave(number);
            }
            return isLost;
        });
    }

    private ParkedPartition open(int number) {
        ParkedPartition partition =
                new ParkedPartition(codec, UUID.randomUUID().toString(), settings.partitionBytes(), unreadable);
        topic.follow(number, partition);
        mark(number, partition);
        return partition;
    }

    /** The mark comes back once everything before it has been read. */
    private void mark(int number, ParkedPartition partition) {
        var unused = topic.park(number, codec.encode(new Opened(partition.opening())));
    }

    /**
     * Brings back what is due, in the order of due times over all partitions, as much as may be under way. To be called again
     * and again; a second one beside does nothing.
     */
    public void tick() {
        if (isTicking.compareAndSet(false, true)) {
            try {
                boolean isMore = true;
                while (isMore && !isStopped) {
                    isMore = bringBackNext(clock.millis(), returning());
                }
            } finally {
                isTicking.set(false);
            }
        }
    }

    private boolean bringBackNext(long nowMillis, int returning) {
        if (returning >= 2 * settings.returning()) {
            return false;
        }
        // With none that takes calls, only those come back whose time is over.
        Predicate<String> servers = returning < settings.returning() ? takesCalls : server -> false;
        int first = -1;
        long turn = Long.MAX_VALUE;
        for (Map.Entry<Integer, ParkedPartition> entry : open.entrySet()) {
            long its = entry.getValue().nextTurn(nowMillis, servers);
            if (its < turn) {
                first = entry.getKey();
                turn = its;
            }
        }
        ParkedPartition partition = open.get(first);
        Optional<ParkedCall> next = partition == null ? Optional.empty() : partition.take(nowMillis, servers);
        if (partition != null && next.isPresent()) {
            bringBackOrKeep(first, partition, next.get());
        }
        return next.isPresent();
    }

    private void bringBackOrKeep(int number, ParkedPartition partition, ParkedCall call) {
        var unused = bringBack(number, partition, call).exceptionally(failure -> {
            log.warn("a call parked at {}/{} has not come back yet: {}", number, call.offset(), failure.getMessage());
            partition.putBack(call);
            return null;
        });
    }

    private CompletableFuture<Void> bringBack(int number, ParkedPartition partition, ParkedCall call) {
        InboundRecord kept = call.record();
        CompletableFuture<InboundRecord> record =
                kept == null ? topic.read(number, call.offset()) : CompletableFuture.completedFuture(kept);
        return partition
                .turns()
                .run(record, read -> giveBack(number, call, read))
                .thenCompose(position -> {
                    returned.add(call.calls());
                    return topic.park(number, codec.encode(new Returned(call.offset())));
                })
                .thenAccept(position -> {});
    }

    /** What cannot be read may be larger than any call, and then comes back without what made it so: it is kept by its position. */
    private CompletableFuture<RecordPosition> giveBack(int number, ParkedCall call, InboundRecord read) {
        CompletableFuture<RecordPosition> given = topic.giveBack(number, codec.restored(read, clock.millis()));
        return call.isUnread()
                ? given.exceptionallyCompose(
                        failure -> topic.giveBack(number, codec.restored(withoutContent(read), clock.millis())))
                : given;
    }

    private static InboundRecord withoutContent(InboundRecord record) {
        return new InboundRecord(record.position(), record.timestampMillis(), null, null, Headers.NONE);
    }

    /** Calls that wait on the partitions of this worker. */
    public long waiting() {
        return open.values().stream().mapToLong(ParkedPartition::calls).sum();
    }

    /** Calls that came back to the partitions of this worker and are not settled yet. */
    public int returning() {
        return open.values().stream().mapToInt(ParkedPartition::returning).sum();
    }

    /** The same by tool server; those that none waits for are absent. */
    public Map<String, Long> waitingByServer() {
        Map<String, Long> counts = new HashMap<>();
        open.values().forEach(partition -> partition.countInto(counts));
        return counts;
    }

    /** Calls parked by this worker since its start. */
    public long parked() {
        return parked.sum();
    }

    /** Calls brought back by this worker since its start. */
    public long returned() {
        return returned.sum();
    }

    /** Calls answered by this worker since its start because their partition was full. */
    public long refused() {
        return refused.sum();
    }

    /** Records read by this worker since its start that its version cannot read; again after each takeover. */
    public long unreadable() {
        return unreadable.sum();
    }

    /** Nothing more comes back here; what is on its way ends. Calls are still parked. */
    public void stop() {
        isStopped = true;
    }

    @Override
    public void close() {
        stop();
        topic.close();
    }
}
