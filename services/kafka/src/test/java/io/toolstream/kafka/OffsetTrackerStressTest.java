package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One poll thread, many completing ones, fences in between: nothing is committed that was not completed before. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OffsetTrackerStressTest {
    private static final int OFFSETS = 200_000;
    private static final int THREADS = 4;

    /** Every so many-th record is completed late, by the poll thread. */
    private static final int SLOW = 16;

    private final StopSwitch stop = new StopSwitch(new PollSignal(), () -> {}, System::nanoTime);
    private final InFlight inFlight = new InFlight(2_000, Long.MAX_VALUE);
    private final Completions completions = new Completions(inFlight, stop);
    private final AtomicIntegerArray completed = new AtomicIntegerArray(OFFSETS);
    private final AtomicLong deliveries = new AtomicLong();
    private final BlockingQueue<TrackedRecord> work = new LinkedBlockingQueue<>();
    private final Queue<TrackedRecord> slow = new ConcurrentLinkedQueue<>();
    private long skipped;

    @Test
    void committed_underContention_neverPassesAnUncompletedRecord() throws InterruptedException {
        // Given threads that complete records in any order, sometimes twice
        ExecutorService completing = Executors.newFixedThreadPool(THREADS);
        for (int i = 0; i < THREADS; i++) {
            completing.execute(this::completeUntilInterrupted);
        }

        // When one thread reads, commits and now and then loses the partition
        SplittableRandom random = new SplittableRandom(42);
        long committed = 0;
        OffsetAndMetadata last = new OffsetAndMetadata(0);
        int fences = 0;
        while (committed < OFFSETS) {
            Assignment assignment = Records.assignment(completions);
            assignment.resume(Records.resumption(last));
            int turns = random.nextInt(50, 400);
            long next = committed;
            for (int turn = 0; turn < turns && committed < OFFSETS; turn++) {
                next = readSome(assignment, next, random);
                completeSlow(random.nextInt(20));
                assignment.advance(Records.NO_LIMITS);
                PartitionCommit due = assignment.toCommit(CommitKind.PROGRESS);
                if (due != null) {
                    for (; committed < due.offset(); committed++) {
                        assertThat(completed.get((int) committed)).isPositive();
                    }
                    checkNote(due);
                    due.acknowledged();
                    last = due.asTheirs();
                }
                stop.signal().await(() -> inFlight.hasRoomFor(1), 1_000_000);
            }
            assignment.fence();
            fences++;
        }
        System.out.println("fences " + fences + ", stale " + completions.stale() + ", deliveries " + deliveries
                + ", skipped " + skipped);

        // Then every record was completed, and all that was begun has been given back
        stop.signal().await(work::isEmpty, TimeUnit.SECONDS.toNanos(1));
        completing.shutdownNow();
        assertThat(completing.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        work.forEach(record -> record.accept(null, null));
        completeSlow(Integer.MAX_VALUE);
        assertThat(inFlight.count()).isZero();
        assertThat(inFlight.bytes()).isZero();
        assertThat(deliveries.get()).isGreaterThanOrEqualTo(OFFSETS);
        assertThat(skipped).isPositive();
    }

    private void checkNote(PartitionCommit commit) {
        OffsetRuns done = CommitNoteCodec.decode(commit.offset(), commit.note()).done();
        for (int run = 0; run < done.count(); run++) {
            for (long offset = done.start(run); offset < done.end(run); offset++) {
                assertThat(completed.get((int) offset)).isPositive();
            }
        }
    }

    private long readSome(Assignment assignment, long from, SplittableRandom random) {
        long next = from;
        for (int i = random.nextInt(200); i > 0 && next < OFFSETS && inFlight.hasRoomFor(10); i--) {
            if (assignment.skips(next, System.nanoTime())) {
                skipped++;
                next++;
                continue;
            }
            TrackedRecord record = assignment.read(Records.at(next++), System.nanoTime());
            assignment.begin(record);
            deliveries.incrementAndGet();
            work.add(record);
        }
        return next;
    }

    private void completeSlow(int atMost) {
        for (int left = atMost; left > 0; left--) {
            TrackedRecord record = slow.poll();
            if (record == null) {
                return;
            }
            completed.incrementAndGet((int) record.offset());
            record.accept(null, null);
        }
    }

    private void completeUntilInterrupted() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        try {
            while (true) {
                TrackedRecord record = work.take();
                if (record.offset() % SLOW == 0) {
                    slow.add(record);
                    continue;
                }
                if (random.nextInt(4) == 0) {
                    work.add(record); // later
                    continue;
                }
                completed.incrementAndGet((int) record.offset());
                record.accept(null, null);
                if (random.nextInt(20) == 0) {
                    record.accept(null, null);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
