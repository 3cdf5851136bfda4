package io.toolstream.kafka;

import io.toolstream.wire.RecordPosition;
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

    Completions(InFlight inFlight, StopSwitch stop) {
        this.inFlight = inFlight;
        this.stop = stop;
    }

    InFlight inFlight() {
        return inFlight;
    }

    /**
     * @param unblocksPartition the poll thread may sleep in the consumer, reading other partitions, while this one waited
     *     for just this record
     */
    void ended(int bytes, boolean unblocksPartition) {
        inFlight.leave(bytes);
        stop.signal().ring();
        if (unblocksPartition) {
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
