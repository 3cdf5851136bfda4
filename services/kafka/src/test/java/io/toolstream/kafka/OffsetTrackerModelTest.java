package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Assignments and their trackers against a naive model: gaps, any order, duplicates, revokes, stale completions. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OffsetTrackerModelTest {
    private static final int STEPS = 3_000;

    private final AtomicLong clock = new AtomicLong();
    private final InFlight inFlight = new InFlight(Integer.MAX_VALUE, Long.MAX_VALUE);
    private final Completions completions =
            new Completions(inFlight, new StopSwitch(new PollSignal(), () -> {}, clock::get));

    /** Completed and not: offset to "done", of the present assignment. */
    private final TreeMap<Long, Boolean> model = new TreeMap<>();

    private final TreeMap<Long, Long> readAt = new TreeMap<>();
    private final List<TrackedRecord> outstanding = new ArrayList<>();
    private final List<TrackedRecord> ended = new ArrayList<>();
    private final List<TrackedRecord> orphans = new ArrayList<>();
    private Assignment assignment = Records.assignment(completions);
    private long next = 5;
    private long position = OffsetTracker.UNKNOWN;
    private long base = OffsetTracker.UNKNOWN;
    private long committed = OffsetTracker.UNKNOWN;
    private String committedNote = "";
    private long stale;

    @RepeatedTest(50)
    void everyStep_agreesWithTheModel() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < STEPS; step++) {
            clock.addAndGet(random.nextInt(1_000));
            act(random);
            assignment.advance(Records.NO_LIMITS);
            check(seed, step);
        }
    }

    private void act(SplittableRandom random) {
        int dice = random.nextInt(100);
        if (dice < 40) {
            read(random.nextInt(1, 8), random);
        } else if (dice < 80) {
            complete(outstanding, random);
        } else if (dice < 85) {
            again(ended, random);
        } else if (dice < 90) {
            completeOrphan(random);
        } else if (dice < 94) {
            skip(random);
        } else if (dice < 98) {
            commit();
        } else {
            reassign(random);
        }
    }

    private void read(int records, SplittableRandom random) {
        for (int i = 0; i < records; i++) {
            next += random.nextInt(4) == 0 ? random.nextInt(1, 50) : 0;
            TrackedRecord record = assignment.read(Records.at(next), clock.get());
            assignment.begin(record);
            outstanding.add(record);
            model.put(next, false);
            readAt.put(next, clock.get());
            base = base == OffsetTracker.UNKNOWN ? next : base;
            next++;
            position = next;
        }
    }

    private void complete(List<TrackedRecord> from, SplittableRandom random) {
        TrackedRecord record = remove(from, random);
        if (record != null) {
            record.accept(null, null);
            ended.add(record);
            model.put(record.offset(), true);
        }
    }

    private void again(List<TrackedRecord> from, SplittableRandom random) {
        if (!from.isEmpty()) {
            from.get(random.nextInt(from.size())).accept(null, null);
        }
    }

    private void completeOrphan(SplittableRandom random) {
        TrackedRecord record = remove(orphans, random);
        if (record != null) {
            record.accept(null, null);
            record.accept(null, null);
            ended.add(record);
            stale++;
        }
    }

    private void skip(SplittableRandom random) {
        next += random.nextInt(1, 5);
        assignment.readUpTo(next);
        position = next;
    }

    private void commit() {
        PartitionCommit due = assignment.toCommit(CommitKind.PROGRESS);
        if (due != null) {
            due.acknowledged();
            committed = due.offset();
            committedNote = due.note();
        }
    }

    /** Revoked and given back, to be read from the committed offset: earlier than what was read. */
    private void reassign(SplittableRandom random) {
        assignment.fence();
        assertThat(assignment.isHeld()).isFalse();
        orphans.addAll(outstanding);
        outstanding.clear();
        model.clear();
        readAt.clear();
        next = committed == OffsetTracker.UNKNOWN ? 5 : Math.max(0, committed - random.nextInt(3));
        position = base = committed = OffsetTracker.UNKNOWN;
        committedNote = "";
        assignment = Records.assignment(completions);
    }

    private void check(long seed, int step) {
        String where = "seed " + seed + " step " + step;
        Long oldest = model.entrySet().stream()
                .filter(entry -> !entry.getValue())
                .map(java.util.Map.Entry::getKey)
                .findFirst()
                .orElse(null);
        long highWatermark = oldest == null ? position : oldest;
        model.headMap(highWatermark).clear();
        PartitionSnapshot snapshot = assignment.snapshot(clock.get());
        assertThat(snapshot.highWatermark()).as(where).isEqualTo(highWatermark);
        assertThat(snapshot.position()).as(where).isEqualTo(position);
        assertThat(snapshot.unsettled()).as(where).isEqualTo(model.size());
        assertThat(snapshot.oldestUnfinishedAge()).as(where).isEqualTo(age(oldest));
        checkCommit(highWatermark, where);
        assertThat(assignment.running()).as(where).isEqualTo(outstanding.size());
        assertThat(inFlight.count()).as(where).isEqualTo(outstanding.size() + orphans.size());
        assertThat(inFlight.bytes()).as(where).isEqualTo(10L * inFlight.count());
        assertThat(completions.stale()).as(where).isEqualTo(stale);
    }

    private void checkCommit(long highWatermark, String where) {
        boolean isProgress = base == OffsetTracker.UNKNOWN ? position != OffsetTracker.UNKNOWN : highWatermark > base;
        List<Long> done = model.entrySet().stream()
                .filter(java.util.Map.Entry::getValue)
                .map(java.util.Map.Entry::getKey)
                .toList();
        PartitionCommit due = assignment.toCommit(CommitKind.PROGRESS);
        if (due == null) {
            boolean isSaid = highWatermark == committed;
            assertThat(isSaid || (!isProgress && done.isEmpty())).as(where).isTrue();
            return;
        }
        assertThat(due.offset()).as(where).isEqualTo(highWatermark);
        assertThat(highWatermark != committed || !due.note().equals(committedNote))
                .as(where)
                .isTrue();
        OffsetRuns told = CommitNoteCodec.decode(due.offset(), due.note()).done();
        model.forEach(
                (offset, isDone) -> assertThat(told.contains(offset)).as(where).isEqualTo(isDone));
    }

    private Duration age(@Nullable Long oldest) {
        return oldest == null
                ? Duration.ZERO
                : Duration.ofNanos(clock.get() - java.util.Objects.requireNonNull(readAt.get(oldest)));
    }

    private static @Nullable TrackedRecord remove(List<TrackedRecord> from, SplittableRandom random) {
        return from.isEmpty() ? null : from.remove(random.nextInt(from.size()));
    }
}
