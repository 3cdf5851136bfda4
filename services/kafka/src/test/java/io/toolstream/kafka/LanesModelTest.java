package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.InboundRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.RepeatedTest;

/** Against a naive rule: a record runs as soon as no earlier one that shares a key is unfinished, and never before. */
class LanesModelTest implements RecordHandler {
    private static final int STEPS = 1_000;

    private final Completions completions = new Completions(
            new InFlight(Integer.MAX_VALUE, Long.MAX_VALUE), new StopSwitch(new PollSignal(), () -> {}, () -> 0));
    private final Dispatcher dispatcher =
            new Dispatcher(this, completions, new StopSwitch(new PollSignal(), () -> {}, () -> 0));
    private Assignment assignment = Records.taken(completions);

    /** Unfinished records of the present assignment, by offset. */
    private final TreeMap<Long, Set<String>> unfinished = new TreeMap<>();

    private final Map<Long, Set<String>> keys = new HashMap<>();
    private final Map<Long, CompletableFuture<Void>> running = new HashMap<>();
    private final List<CompletableFuture<Void>> orphans = new ArrayList<>();

    @RepeatedTest(50)
    void everyStep_exactlyThoseRunWhoMay() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int width = random.nextInt(1, 12);
        long next = 0;
        for (int step = 0; step < STEPS; step++) {
            int dice = random.nextInt(100);
            if (dice < 48) {
                read(next++, random, width);
            } else if (dice < 96) {
                completeOne(random);
            } else if (dice < 98 && !orphans.isEmpty()) {
                orphans.remove(random.nextInt(orphans.size())).complete(null);
            } else if (dice == 99) {
                reassign();
            }
            dispatcher.release();
            dispatcher.handOver();
            assertThat(running.keySet()).as("seed %d step %d", seed, step).isEqualTo(allowed());
            assertThat(assignment.lanes().waiting()).isEqualTo(unfinished.size() - running.size());
        }
    }

    @Override
    public CompletionStage<?> handle(InboundRecord record, Lease lease) {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        running.put(record.position().offset(), stage);
        return stage;
    }

    @Override
    public Set<String> laneKeys(InboundRecord record) {
        return java.util.Objects.requireNonNull(keys.get(record.position().offset()));
    }

    private void read(long offset, SplittableRandom random, int width) {
        Set<String> some = new HashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            some.add("key" + random.nextInt(width));
        }
        keys.put(offset, some);
        unfinished.put(offset, some);
        dispatcher.add(assignment.read(Records.at(offset), 0));
    }

    private void completeOne(SplittableRandom random) {
        if (!running.isEmpty()) {
            List<Long> offsets = List.copyOf(running.keySet());
            long offset = offsets.get(random.nextInt(offsets.size()));
            unfinished.remove(offset);
            java.util.Objects.requireNonNull(running.remove(offset)).complete(null);
        }
    }

    private void reassign() {
        dispatcher.drop(List.of(assignment));
        assignment.fence();
        orphans.addAll(running.values());
        running.clear();
        unfinished.clear();
        assignment = Records.taken(completions);
    }

    private Set<Long> allowed() {
        Set<String> taken = new HashSet<>();
        Set<Long> allowed = new HashSet<>();
        unfinished.forEach((offset, itsKeys) -> {
            if (itsKeys.stream().noneMatch(taken::contains)) {
                allowed.add(offset);
            }
            taken.addAll(itsKeys);
        });
        return allowed;
    }
}
