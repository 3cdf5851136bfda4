package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/**
 * One partition and its owners, which crash at any point, against a naive model of what each may know. The model keeps
 * whole sets where the engine has an offset and a note.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RedeliveryModelTest {
    private static final int STEPS = 2_000;

    private final Completions completions = new Completions(
            new InFlight(Integer.MAX_VALUE, Long.MAX_VALUE), new StopSwitch(new PollSignal(), () -> {}, () -> 0));
    private final TreeSet<Long> log = new TreeSet<>();
    private final Set<Long> everDone = new HashSet<>();

    /** What the broker has: its commit, and what the model knows was done by then. */
    private @Nullable OffsetAndMetadata committed;

    private Set<Long> committedDone = new HashSet<>();

    /** What the present owner knows. */
    private Assignment assignment = Records.assignment(completions);

    private Set<Long> done = new HashSet<>();
    private long position;
    private final List<TrackedRecord> open = new ArrayList<>();
    private final List<TrackedRecord> orphans = new ArrayList<>();
    private long skipped;

    @RepeatedTest(100)
    void crashesAnywhere_nothingDoneAndCommittedRunsAgain_nothingElseIsSkipped() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int crashiness = random.nextInt(2, 7); // in a hundred steps: so often that something is skipped in every run
        long end = 0;
        for (int step = 0; step < STEPS; step++) {
            String where = "seed " + seed + " step " + step;
            int dice = random.nextInt(100);
            if (dice < 25) {
                end += random.nextInt(5) == 0 ? random.nextInt(1, 200) : 1;
                log.add(end);
            } else if (dice < 50) {
                read(random.nextInt(1, 10), where);
            } else if (dice < 80) {
                complete(open, random);
            } else if (dice < 82) {
                complete(orphans, random);
            } else if (dice < 95 - crashiness) {
                commit(random.nextInt(4) > 0, where);
            } else if (dice >= 100 - crashiness) {
                crash();
            }
        }
        assertThat(skipped).as("seed %d", seed).isPositive();
    }

    private void read(int records, String where) {
        for (int i = 0; i < records; i++) {
            Long offset = log.ceiling(position);
            if (offset == null) {
                return;
            }
            position = offset + 1;
            boolean isSkipped = assignment.skips(offset, 0);
            assertThat(isSkipped).as("%s: %d is skipped", where, offset).isEqualTo(done.contains(offset));
            if (isSkipped) {
                assertThat(everDone).as(where).contains(offset);
                skipped++;
            } else {
                TrackedRecord record = assignment.read(Records.at(offset), 0);
                assignment.begin(record);
                open.add(record);
            }
        }
    }

    private void complete(List<TrackedRecord> from, SplittableRandom random) {
        if (!from.isEmpty()) {
            TrackedRecord record = from.remove(random.nextInt(from.size()));
            record.accept(null, null);
            everDone.add(record.offset());
            if (record.assignment() == assignment) {
                done.add(record.offset());
            }
        }
    }

    private void commit(boolean isAcknowledged, String where) {
        assignment.advance(Records.NO_LIMITS);
        PartitionCommit due = assignment.toCommit(CommitKind.PROGRESS);
        if (due == null) {
            assertThat(done.stream()
                            .filter(offset -> offset >= committedOffset())
                            .toList())
                    .as("%s: nothing new", where)
                    .containsExactlyInAnyOrderElementsOf(committedDone.stream()
                            .filter(offset -> offset >= committedOffset())
                            .toList());
            return;
        }
        assertThat(everDone).as(where).containsAll(log.headSet(due.offset()));
        committed = due.asTheirs(); // the broker has it, whether or not its acknowledgement arrives
        committedDone = new HashSet<>(done);
        if (isAcknowledged) {
            due.acknowledged();
        }
    }

    private void crash() {
        assignment.fence();
        orphans.addAll(open);
        open.clear();
        assignment = Records.assignment(completions);
        if (committed != null) {
            assignment.resume(Records.resumption(committed));
        }
        done = new HashSet<>(committedDone);
        position = committedOffset();
    }

    private long committedOffset() {
        return committed == null ? 0 : committed.offset();
    }
}
