package io.toolstream.kafka;

import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import java.util.ArrayDeque;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * What the engine does for each record beside reading and handling it: track, line up, hand over, complete, advance, and
 * every so often put a commit together. One partition, a window of records in flight that complete out of order. For
 * benchmarks, which cannot see into this package. One thread.
 */
public final class TrackerLoad {
    private static final int COMMIT_EVERY = 1_000;
    private static final InboundRecord RECORD =
            new InboundRecord(new RecordPosition("calls", 0, 0), 0, null, new byte[256], Headers.NONE);

    private final StopSwitch stop = new StopSwitch(new PollSignal(), () -> {}, System::nanoTime);
    private final Completions completions = new Completions(new InFlight(Integer.MAX_VALUE, Long.MAX_VALUE), stop);
    private final Assignment assignment = new Assignment(
            new TopicPartition("calls", 0), completions, new TakeMarks(1, Integer.MAX_VALUE), new Exposure(1_000_000));
    private final PartitionLimits limits = new PartitionLimits(10_000, 10_000, Long.MAX_VALUE);
    private final ArrayDeque<TrackedRecord> open = new ArrayDeque<>();
    private final int window;
    private final int keys;
    private long next;

    /**
     * @param window records in flight
     * @param keys over how many ordering keys the records are spread; zero for none
     */
    public TrackerLoad(int window, int keys) {
        this.window = window;
        this.keys = keys;
    }

    /** One record in, one completed. The high watermark, so that nothing is optimised away. */
    public long step() {
        TrackedRecord record = assignment.read(at(next), 0);
        if (keys > 0) {
            assignment.lanes().enter(record, Set.of("key-" + next % keys));
        }
        record.take();
        assignment.begin(record);
        open.addLast(record);
        next++;
        if (open.size() > window) {
            // every second one overtakes half of the window
            TrackedRecord done = next % 2 == 0 ? open.removeFirst() : open.removeLast();
            done.accept(null, null);
        }
        for (TrackedRecord over = completions.nextLeaving(); over != null; over = completions.nextLeaving()) {
            assignment.lanes().leave(over.ticket(), released -> {});
        }
        assignment.advance(limits);
        if (next % COMMIT_EVERY == 0) {
            PartitionCommit commit = assignment.toCommit(CommitKind.PROGRESS);
            if (commit != null) {
                commit.acknowledged();
            }
        }
        return assignment.marks().history().onceEnd() + next;
    }

    private static InboundRecord at(long offset) {
        return new InboundRecord(
                new RecordPosition("calls", 0, offset), 0, RECORD.key(), RECORD.value(), RECORD.headers());
    }
}
