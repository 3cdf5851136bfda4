package io.toolstream.kafka;

import io.toolstream.wire.RecordPosition;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the completions of all partitions of an engine arrive. Any thread; never blocks. */
final class Completions {
    private static final Logger log = LoggerFactory.getLogger(Completions.class);

    private final InFlight inFlight;
    private final StopSwitch stop;
    private final LongAdder stale = new LongAdder();

    /** Records of lanes that are over: as many as complete between two turns, at most what was in flight. */
    private final Queue<TrackedRecord> leaving = new ConcurrentLinkedQueue<>();

    Completions(InFlight inFlight, StopSwitch stop) {
        this.inFlight = inFlight;
        this.stop = stop;
    }

    /**
     * A record that is over leaves its lanes when the poll thread comes by.
     *
     * @return true if somebody waits for that. A follower that comes at the same moment is not missed: the record is in
     *     the queue before this looks for followers, and the poll thread looks into the queue after it has linked them.
     */
    boolean leavesLane(TrackedRecord record) {
        leaving.add(record);
        return record.ticket().isAwaited();
    }

    /** The next record that is over and was in a lane. Poll thread. */
    @Nullable
    TrackedRecord nextLeaving() {
        return leaving.poll();
    }

    InFlight inFlight() {
        return inFlight;
    }

    /**
     * @param unblocks the poll thread may sleep in the consumer while a partition or a lane waited for just this record
     */
    void ended(int bytes, boolean unblocks) {
        inFlight.leave(bytes);
        stop.signal().ring();
        if (unblocks) {
            stop.wakeConsumer();
        }
    }

    void failed(RecordPosition record, Throwable failure) {
        stop.fail(new IllegalStateException("the handler failed at " + record, failure));
    }

    void endedStale(RecordPosition record, int bytes, @Nullable Throwable failure) {
        stale.increment();
        inFlight.leave(bytes);
        stop.signal().ring();
        if (failure != null) {
            log.warn("the handler failed at {}, which is no longer assigned to this member", record, failure);
        }
    }

    long stale() {
        return stale.sum();
    }
}
