package io.toolstream.worker.parking;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.Publisher;
import io.toolstream.wire.Call;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.ParkedCodec;
import io.toolstream.wire.ParkedEntry;
import io.toolstream.wire.ParkedEntry.Opened;
import io.toolstream.wire.ParkedEntry.Returned;
import io.toolstream.wire.ParkedEntry.Waiting;
import io.toolstream.wire.ParkedEntry.Wanted;
import io.toolstream.wire.TopicNames;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Origin;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This worker's side of the parked topic: calls go there from any partition of calls, onto the partition of the same number;
 * they come back from the partitions whose calls are assigned to this worker. Any thread may call; only closing blocks.
 *
 * <p>A call that comes back is written to the calls topic first and marked as returned then. So none is lost; a worker that
 * ends in between leaves a call that comes back twice, under one id: a tool that runs once is protected by its claim, which
 * outlives the commit for calls that were moved.
 */
public final class ParkingLot implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ParkingLot.class);

    private final ParkedCodec codec = new ParkedCodec();
    private final Map<Integer, ParkedPartition> open = new ConcurrentHashMap<>();
    private final AtomicInteger comingBack = new AtomicInteger();
    private final LongAdder parked = new LongAdder();
    private final LongAdder returned = new LongAdder();
    private final ParkedTopic topic;
    private final ParkingLimits limits;
    private final ParkingRule rule;
    private final Predicate<String> takesCalls;
    private final InstantSource clock;
    private volatile boolean isStopped;

    /** @param mostHeaders that a call may have */
    ParkingLot(
            ParkedTopic topic,
            ParkingLimits limits,
            int mostHeaders,
            Predicate<String> takesCalls,
            InstantSource clock) {
        this.topic = topic;
        this.limits = limits;
        this.rule = new ParkingRule(limits, mostHeaders);
        this.takesCalls = takesCalls;
        this.clock = clock;
    }

    /**
     * Where calls wait.
     *
     * @param publisher does not give up by itself; it is not closed here
     * @param longest no call has a deadline further away
     */
    public record Place(KafkaConnection connection, TopicNames topics, Publisher publisher, Duration longest) {}

    /**
     * Knows no partition yet.
     *
     * @param mostHeaders that a call may have
     * @param takesCalls whether a server, by its name, has a chance to take a call now
     */
    public static ParkingLot start(
            Place place, ParkingLimits limits, int mostHeaders, Predicate<String> takesCalls, InstantSource clock) {
        ParkedTopic topic = new KafkaParkedTopic(
                place.connection(),
                place.topics(),
                place.publisher(),
                place.longest().plusHours(1));
        return new ParkingLot(topic, limits, mostHeaders, takesCalls, clock);
    }

    /**
     * Parks a call that has failed, if it may wait.
     *
     * @param tool null where the tools of its server are not known yet
     * @return completes when the broker has the call, and it is the parked topic's from then on; empty if it is to be answered
     */
    public Optional<CompletableFuture<Void>> park(Call call, @Nullable Tool tool, Origin origin, Failure failure) {
        InboundRecord record = origin.record();
        int partition = record.position().partition();
        ParkedPartition known = open.get(partition);
        OptionalLong due = rule.due(call, origin, failure, clock.millis());
        Wanted wanted = wanted(call, tool);
        if (wanted == null || due.isEmpty() || (known != null && known.size() >= limits.perPartition())) {
            return Optional.empty();
        }
        Waiting waiting = new Waiting(
                call.id(),
                wanted,
                due.getAsLong(),
                call.options().deadlineMillis(),
                failure.code().text(),
                ParkingRule.times(record.headers()) + 1,
                sentMillis(record));
        return Optional.of(
                topic.park(partition, codec.encode(record, waiting)).thenAccept(position -> parked.increment()));
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

    /** When the caller sent a call: before it was parked for the first time. */
    public static long sentMillis(InboundRecord record) {
        return record.headers()
                .lastText(HeaderNames.SENT)
                .filter(text -> text.matches("[0-9]{1,15}"))
                .map(Long::parseLong)
                .orElse(record.timestampMillis());
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
        ParkedPartition partition = new ParkedPartition(codec, UUID.randomUUID().toString(), limits.bytes());
        topic.follow(number, partition);
        mark(number, partition);
        return partition;
    }

    /** The mark comes back once everything before it has been read. */
    private void mark(int number, ParkedPartition partition) {
        var unused = topic.park(number, codec.encode(new Opened(partition.opening())));
    }

    /** Brings back what is due, as much as may be under way. To be called again and again. */
    public void tick() {
        open.forEach((number, partition) -> {
            while (!isStopped && comingBack.get() < limits.atOnce() && bringBackOne(number, partition)) {
                log.trace("one more of {}", number);
            }
        });
    }

    private boolean bringBackOne(int number, ParkedPartition partition) {
        Optional<ParkedCall> next = partition.take(clock.millis(), takesCalls);
        next.ifPresent(call -> {
            comingBack.incrementAndGet();
            var unused = bringBack(number, call).whenComplete((ignored, failure) -> {
                comingBack.decrementAndGet();
                if (failure != null) {
                    log.warn(
                            "a call parked at {}/{} has not come back yet: {}",
                            number,
                            call.offset(),
                            failure.getMessage());
                    partition.putBack(call);
                }
            });
        });
        return next.isPresent();
    }

    private CompletableFuture<Void> bringBack(int number, ParkedCall call) {
        InboundRecord kept = call.record();
        CompletableFuture<InboundRecord> record =
                kept == null ? topic.read(number, call.offset()) : CompletableFuture.completedFuture(kept);
        return record.thenCompose(
                        parkedRecord -> topic.giveBack(number, codec.restored(parkedRecord, waiting(parkedRecord))))
                .thenCompose(position -> {
                    returned.increment();
                    return topic.park(number, codec.encode(new Returned(call.offset())));
                })
                .thenAccept(position -> {});
    }

    private Waiting waiting(InboundRecord record) {
        if (codec.decode(record) instanceof Decoded.WellFormed<ParkedEntry> entry
                && entry.value() instanceof Waiting waiting) {
            return waiting;
        }
        throw new IllegalStateException("no parked call at " + record.position());
    }

    /** Calls that wait on the partitions of this worker. */
    public long waiting() {
        return open.values().stream().mapToLong(ParkedPartition::size).sum();
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
