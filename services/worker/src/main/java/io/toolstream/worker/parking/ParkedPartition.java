package io.toolstream.worker.parking;

import io.toolstream.runtime.logging.LogGate;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.ParkedCodec;
import io.toolstream.wire.ParkedEntry;
import io.toolstream.wire.ParkedEntry.Newer;
import io.toolstream.wire.ParkedEntry.Opened;
import io.toolstream.wire.ParkedEntry.Returned;
import io.toolstream.wire.ParkedEntry.Waiting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this worker knows of one partition of the parked topic. Calls come back from here only between two marks in the log:
 * from this worker's own, behind which everything older is known, to the next one's, who brings them back from then on.
 * Records come on the reader's thread, everything else on any. Guarded by this object's lock, all but {@code turns}; nothing
 * completes under it.
 */
final class ParkedPartition {
    private static final Logger log = LoggerFactory.getLogger(ParkedPartition.class);

    /** More of them than that are not ours, and would fill the memory. */
    private static final int MOST_CALLS_WITH_UNREAD = 10_000;

    private final ParkedCodec codec;
    private final String opening;
    private final long mostBytes;
    private final LongAdder unreadable;
    private final ParkedIndex index = new ParkedIndex();
    private final InTurn turns = new InTurn();
    private final LogGate strays = new LogGate(Duration.ofMinutes(1), System::nanoTime);
    private final LogGate newer = new LogGate(Duration.ofMinutes(1), System::nanoTime);
    private boolean isOurs;
    private boolean isOvertaken;
    private int returning;

    /**
     * Knows nothing yet.
     *
     * @param opening what this worker's own mark says; no other mark ever did
     * @param mostBytes of calls kept in memory
     * @param unreadable counts records that this version cannot read, each time it reads them
     */
    ParkedPartition(ParkedCodec codec, String opening, long mostBytes, LongAdder unreadable) {
        this.unreadable = unreadable;
        this.codec = codec;
        this.opening = opening;
        this.mostBytes = mostBytes;
    }

    String opening() {
        return opening;
    }

    /** Reading begins; whatever was read before is read again. */
    synchronized void startsAnew() {
        index.clear();
        isOurs = false;
        isOvertaken = false;
        returning = 0;
    }

    void read(InboundRecord record) {
        Decoded<ParkedEntry> decoded = codec.decode(record);
        if (decoded instanceof Decoded.WellFormed<ParkedEntry> entry) {
            learn(record, entry.value());
        } else {
            unreadable.increment();
            String treated = learnUnread(record) ? "if it is a call, it is answered" : "it is passed over";
            strays.tell(() -> log.warn(
                    "{} cannot be read as a parked call ({}): {}",
                    record.position(),
                    ((Decoded.Malformed<?>) decoded).why(),
                    treated));
        }
    }

    /** What has a value is a call that somebody may wait for. False if it is none, or too many are. */
    private synchronized boolean learnUnread(InboundRecord record) {
        boolean isTaken = record.value() != null && index.calls() < MOST_CALLS_WITH_UNREAD;
        if (isTaken) {
            index.add(ParkedCall.unread(record.position().offset(), record.timestampMillis(), kept(record)));
        }
        return isTaken;
    }

    private @Nullable InboundRecord kept(InboundRecord record) {
        return index.bytes() < mostBytes ? record : null;
    }

    private synchronized void learn(InboundRecord record, ParkedEntry entry) {
        long offset = record.position().offset();
        if (entry instanceof Waiting waiting) {
            index.add(ParkedCall.of(offset, waiting, kept(record)));
        } else if (entry instanceof Newer unknown) {
            unreadable.increment();
            index.add(ParkedCall.newer(offset, unknown, kept(record)));
            newer.tell(() -> log.warn(
                    "{} was parked by a newer version, in layout {}: it is left to workers of that version until its"
                            + " deadline",
                    record.position(),
                    unknown.version()));
        } else if (entry instanceof Returned returned) {
            index.remove(returned.offset());
        } else if (entry instanceof Opened opened) {
            boolean isOwn = opened.worker().equals(opening);
            isOvertaken = isOurs && !isOwn;
            isOurs = isOwn;
            returning = isOwn ? returning : 0;
        }
    }

    /** True, once, if another worker's mark came behind ours: who is assigned the partition all the same has to mark it anew. */
    synchronized boolean wasOvertaken() {
        boolean was = isOvertaken;
        isOvertaken = false;
        return was;
    }

    /** The next call that comes back; it is not given out again unless it is {@link #putBack}. */
    synchronized Optional<ParkedCall> take(long nowMillis, Predicate<String> takesCalls) {
        Optional<ParkedCall> next = isOurs ? index.take(nowMillis, takesCalls) : Optional.empty();
        next.ifPresent(call -> returning += call.calls());
        return next;
    }

    /** Epoch ms of the turn of the call that {@link #take} would give; the farthest future if it gave none. */
    synchronized long nextTurn(long nowMillis, Predicate<String> takesCalls) {
        Optional<ParkedCall> next = isOurs ? index.next(nowMillis, takesCalls) : Optional.empty();
        return next.map(call -> Math.min(call.turnMillis(), call.deadlineMillis()))
                .orElse(Long.MAX_VALUE);
    }

    /** For whoever takes calls, one thread at a time: they leave in the order in which they were taken. */
    InTurn turns() {
        return turns;
    }

    /** It did not come back: its turn is still to come. */
    synchronized void putBack(ParkedCall call) {
        settled(call.calls());
        if (isOurs) {
            index.add(call);
        }
    }

    /** So many calls that had come back are settled, or wait again. */
    synchronized void settled(int calls) {
        returning = Math.max(0, returning - calls);
    }

    /** Calls that were taken and are not settled yet; fewer where others took them before. */
    synchronized int returning() {
        return returning;
    }

    /** Adds how many wait for each server. */
    synchronized void countInto(Map<String, Long> counts) {
        index.countInto(counts);
    }

    /** Calls that wait. */
    synchronized int calls() {
        return index.calls();
    }
}
