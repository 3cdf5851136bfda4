package io.toolstream.worker.limits;

import static io.toolstream.wire.Priority.BATCH;
import static io.toolstream.wire.Priority.INTERACTIVE;
import static io.toolstream.wire.Priority.REPLAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.ConcurrencySettings;
import io.toolstream.wire.Priority;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Capacity;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Interactive calls at random moments, 100 a second, beside calls that nobody waits for and that want all of the server; in simulated time. */
final class BesideLiveCallsTest {
    private static final Duration TOOL = Duration.ofMillis(20);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int KEPT_BACK = 25;
    private static final int NOT_KEPT_BACK = 100;

    private final Simulation simulation = new Simulation();
    private final long seed = new SplittableRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final List<Long> liveNanos = new ArrayList<>();
    private final Map<Priority, Integer> answered = new EnumMap<>(Priority.class);

    @Test
    void liveCalls_besideAFloodOfReplays_takeAsLongAsWithoutIt() {
        Limited limited = new Limited(simulation, Tools.taking(simulation, TOOL), fixed(KEPT_BACK));
        flood(limited, REPLAY);
        run(limited, Duration.ofSeconds(2));
        liveNanos.clear();

        run(limited, Duration.ofSeconds(30));

        assertThat(percentile(95)).as("seed %d", seed).isEqualTo(TOOL);
        assertThat(answered(REPLAY)).as("seed %d", seed).isGreaterThan(30 * 100);
    }

    /** So the test above can fail. */
    @Test
    void liveCalls_whereNothingIsKeptBack_waitBehindReplays() {
        Limited limited = new Limited(simulation, Tools.taking(simulation, TOOL), fixed(NOT_KEPT_BACK));
        flood(limited, REPLAY);

        run(limited, Duration.ofSeconds(30));

        assertThat(percentile(95)).as("seed %d", seed).isGreaterThan(TOOL.plusMillis(1));
    }

    @Test
    void replays_alone_haveAllPermits() {
        Tools tools = Tools.taking(simulation, TOOL);
        flood(new Limited(simulation, tools, fixed(KEPT_BACK)), REPLAY);

        simulation.run(SECOND);

        assertThat(tools.mostAtOnce).isEqualTo(10);
        assertThat(answered(REPLAY)).isBetween(480, 500);
    }

    /** The last of them waits for no other event than time. */
    @Test
    void replays_onceInteractiveCallsAreGone_haveAllPermitsAgain() {
        Tools tools = Tools.hanging(simulation);
        Limited limited = new Limited(simulation, tools, Calls.limit(10, 500, Duration.ofMinutes(1), KEPT_BACK));
        for (int i = 0; i < 6; i++) {
            limited.send(Calls.of(INTERACTIVE));
        }
        while (!tools.open.isEmpty()) {
            tools.answerFirst();
        }
        for (int i = 0; i < 20; i++) {
            limited.send(Calls.of(REPLAY));
        }

        int beside = tools.atOnce;
        simulation.run(Duration.ofSeconds(10));

        assertThat(beside).isEqualTo(4);
        assertThat(tools.atOnce).isEqualTo(10);
    }

    /** Else the worker would read no interactive call any more. */
    @Test
    void places_besideLiveCalls_areNotAllTakenByReplays() {
        WorkerSlots slots = new WorkerSlots(100, 100);
        Limited limited = new Limited(simulation, Tools.hanging(simulation), fixed(KEPT_BACK), slots);
        limited.send(Calls.of(INTERACTIVE));

        List<CompletableFuture<Answer>> replays = send(limited, REPLAY, 100);
        List<CompletableFuture<Answer>> live = send(limited, INTERACTIVE, 24);

        assertThat(replays)
                .filteredOn(CompletableFuture::isCompletedExceptionally)
                .hasSize(25);
        assertThat(live).noneMatch(CompletableFuture::isDone);
        assertThat(slots.held()).isEqualTo(100);
    }

    @Test
    void places_withoutLiveCalls_areForEverybody() {
        WorkerSlots slots = new WorkerSlots(100, 100);
        Limited limited = new Limited(simulation, Tools.hanging(simulation), fixed(KEPT_BACK), slots);

        assertThat(send(limited, REPLAY, 100)).noneMatch(CompletableFuture::isDone);
        simulation.run(SECOND.multipliedBy(6));

        assertThat(slots.held()).as("those that run").isEqualTo(10);
    }

    /** Their weights are 3 and 1, and neither has to wait for the other's end. */
    @Test
    void batchAndReplay_besideLiveCallsThatWantEverything_shareTheirPartByWeight() {
        Limited limited = new Limited(simulation, Tools.taking(simulation, TOOL), fixed(KEPT_BACK));
        flood(limited, REPLAY);
        flood(limited, BATCH);
        flood(limited, INTERACTIVE);

        simulation.run(Duration.ofSeconds(30));

        int batch = answered(BATCH);
        int replay = answered(REPLAY);
        assertThat((double) batch / replay).isBetween(2.5, 3.5);
        assertThat((batch + replay) / 30.0 / 500).isBetween(0.15, 0.26);
    }

    /** With one permit, turns are all there is. */
    @Test
    void oneForAll_isTakenInTurns() {
        Limited limited = new Limited(
                simulation, Tools.taking(simulation, TOOL), Calls.limit(1, 500, Duration.ofSeconds(5), KEPT_BACK));
        flood(limited, REPLAY);
        flood(limited, INTERACTIVE);

        simulation.run(Duration.ofSeconds(30));

        assertThat(answered(REPLAY) / 30.0 / 50).isBetween(0.05, 0.1);
    }

    /** Replays alone have a queue stand before ten connections; live calls are not to stand in it. */
    @Test
    void liveCalls_afterReplaysHadTheServerAlone_areSoonAsQuickAsWithout() {
        Limited limited = new Limited(
                simulation,
                new TenAtATime(),
                adaptive(KEPT_BACK),
                new WorkerSlots(1_000_000, 1_000_000),
                Capacity.ofConnections(() -> 10));
        flood(limited, REPLAY);
        simulation.run(Duration.ofSeconds(30));
        int alone = limited.permits.state().permits();

        run(limited, Duration.ofSeconds(5));
        liveNanos.clear();
        run(limited, Duration.ofSeconds(30));

        assertThat(alone).isGreaterThan(12);
        assertThat(percentile(95)).as("seed %d", seed).isEqualTo(TOOL);
    }

    /** A server behind TLS comes back with another protocol: what its connections carried is no measure any more. */
    @Test
    void liveCalls_whereConnectionsCarryLessFromNowOn_areSoonAsQuickAsWithout() {
        AtomicInteger connected = new AtomicInteger(2_560);
        Limited limited = new Limited(
                simulation,
                new TenAtATime(),
                adaptive(KEPT_BACK),
                new WorkerSlots(1_000_000, 1_000_000),
                Capacity.ofConnections(connected::get));
        flood(limited, REPLAY);
        run(limited, Duration.ofSeconds(10));

        connected.set(10);
        run(limited, Duration.ofSeconds(5));
        liveNanos.clear();
        run(limited, Duration.ofSeconds(15));

        assertThat(percentile(95)).as("seed %d", seed).isEqualTo(TOOL);
    }

    @Test
    void liveCalls_whereNothingIsKeptBack_standInTheQueueBeforeConnections() {
        Limited limited = new Limited(simulation, new TenAtATime(), adaptive(NOT_KEPT_BACK));
        flood(limited, REPLAY);
        simulation.run(Duration.ofSeconds(30));

        run(limited, Duration.ofSeconds(30));

        assertThat(percentile(50))
                .as("seed %d", seed)
                .isGreaterThan(TOOL.multipliedBy(3).dividedBy(2));
    }

    private static ConcurrencySettings fixed(int background) {
        return Calls.limit(10, 500, Duration.ofSeconds(5), background);
    }

    private static ConcurrencySettings adaptive(int background) {
        return new ConcurrencySettings(10, 2, 20, 500, Duration.ofSeconds(5), background);
    }

    /** A call each millisecond, from now on: more than the server can do. */
    private void flood(Limited limited, Priority priority) {
        simulation.in(Duration.ofMillis(1), () -> flood(limited, priority));
        var unused = limited.invoke(Calls.of(priority)).thenRun(() -> answered.merge(priority, 1, Integer::sum));
    }

    private static List<CompletableFuture<Answer>> send(Limited limited, Priority priority, int calls) {
        return IntStream.range(0, calls)
                .mapToObj(i -> limited.invoke(Calls.of(priority)))
                .toList();
    }

    private void run(Limited limited, Duration time) {
        long endNanos = simulation.nowNanos() + time.toNanos();
        while (simulation.nowNanos() < endNanos) {
            long beganNanos = simulation.nowNanos();
            var unused = limited.invoke(Calls.of(INTERACTIVE))
                    .thenRun(() -> liveNanos.add(simulation.nowNanos() - beganNanos));
            simulation.run(Duration.ofNanos((long) (-Math.log(1 - random.nextDouble()) * 10e6)));
        }
    }

    private int answered(Priority priority) {
        return answered.getOrDefault(priority, 0);
    }

    private Duration percentile(int percent) {
        List<Long> sorted = liveNanos.stream().sorted().toList();
        return Duration.ofNanos(sorted.get((sorted.size() - 1) * percent / 100));
    }

    /** Ten connections, one call on each at a time, and a queue before them. */
    private final class TenAtATime implements Invoker {
        private final Queue<CompletableFuture<Answer>> queue = new ArrayDeque<>();
        private int busy;

        @Override
        public CompletableFuture<Answer> invoke(Invocation invocation) {
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            queue.add(answer);
            next();
            return answer;
        }

        private void next() {
            CompletableFuture<Answer> first = busy < 10 ? queue.poll() : null;
            if (first != null) {
                busy++;
                simulation.in(TOOL, () -> {
                    busy--;
                    first.complete(Tools.ANSWER);
                    next();
                });
            }
        }
    }
}
