package io.toolstream.worker.parking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ParkedIndexTest {
    private static final Set<String> SERVERS = Set.of("a", "b", "c");

    /** The same by looking at all of them each time. */
    private static final class Naive {
        private final List<ParkedCall> all = new ArrayList<>();

        Optional<ParkedCall> take(long now, Set<String> open) {
            Optional<ParkedCall> late =
                    all.stream().filter(call -> call.deadlineMillis() <= now).min(ParkedCall.BY_DEADLINE);
            Optional<ParkedCall> next = late.isPresent()
                    ? late
                    : all.stream()
                            .filter(call -> call.turnMillis() <= now
                                    && call.servers().stream().anyMatch(open::contains))
                            .min(Comparator.comparingLong(ParkedCall::turnMillis)
                                    .thenComparingLong(ParkedCall::offset));
            next.ifPresent(all::remove);
            return next;
        }
    }

    @Test
    void take_whateverHappens_isAsLookingAtAll() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        ParkedIndex index = new ParkedIndex();
        Naive naive = new Naive();
        long now = 0;
        for (int step = 0; step < 20_000; step++) {
            now += random.nextInt(3);
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    ParkedCall call = call(step, now, random);
                    index.add(call);
                    naive.all.add(call);
                }
                case 2 -> {
                    if (!naive.all.isEmpty()) {
                        ParkedCall gone = naive.all.remove(random.nextInt(naive.all.size()));
                        index.remove(gone.offset());
                    }
                }
                default -> {
                    Set<String> open = open(random);
                    assertThat(index.take(now, open::contains))
                            .as("seed %d, step %d", seed, step)
                            .isEqualTo(naive.take(now, open));
                }
            }
            assertThat(index.calls())
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(naive.all.stream().mapToInt(ParkedCall::calls).sum());
        }
    }

    private static ParkedCall call(long offset, long now, SplittableRandom random) {
        long due = now + random.nextInt(50);
        List<String> servers = new ArrayList<>(SERVERS);
        servers.removeIf(server -> random.nextBoolean());
        List<String> known = servers.isEmpty() ? List.of("a") : List.copyOf(new TreeSet<>(servers));
        return new ParkedCall(offset, due, due + 1 + random.nextInt(200), known, 1 + random.nextInt(5), null);
    }

    private static Set<String> open(SplittableRandom random) {
        Set<String> open = new HashSet<>(SERVERS);
        open.removeIf(server -> random.nextInt(3) == 0);
        return open;
    }
}
