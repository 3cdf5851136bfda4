package io.toolstream.it.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.settings.Effect;
import io.toolstream.wire.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker killed at each point of the way of a call to a tool that runs once, and what the next worker makes of it. Once
 * each by default; {@code -Dtoolstream.guarantee=long} does it twenty times, and its log is the table in {@code
 * services/docs/guarantees.md}. {@code -Dtoolstream.points=AFTER_POLL,…} does some of the points only.
 */
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class CrashPointTest {
    private static final Logger log = LoggerFactory.getLogger(CrashPointTest.class);
    private static final int ROUNDS = "long".equals(System.getProperty("toolstream.guarantee")) ? 20 : 1;

    private static final Set<CrashPoint> POINTS = points(System.getProperty("toolstream.points", ""));

    private final History history = new History();
    private final Map<CrashPoint, Map<String, Integer>> table = new EnumMap<>(CrashPoint.class);

    @Test
    void everyPoint_keepsThePromises(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        int number = 0;
        try (Scene scene = Scene.withOneWorker(folder, history)) {
            for (CrashPoint point : POINTS) {
                for (int round = 0; round < ROUNDS; round++) {
                    crash(scene, point, "call-" + number, "token-" + number);
                    number++;
                }
                log.info("{} ({}): {}", point, point.meaning, table.get(point));
            }
            scene.readJournal();
        }
        assertThat(Checks.lost(history)).as("lost").isEmpty();
        assertThat(Checks.foreign(history)).as("foreign").isEmpty();
        assertThat(Checks.ranTwice(history)).as("ran twice").isEmpty();
        assertThat(Checks.untrue(history)).as("said what is not true").isEmpty();
        assertOnly(CrashPoint.AFTER_POLL, "ok, ran 1 times");
        assertOnly(CrashPoint.AFTER_CLAIM, "in_doubt, ran 0 times");
        assertOnly(CrashPoint.AFTER_DISPATCH, "in_doubt, ran 1 times");
        assertOnly(CrashPoint.AFTER_ANSWER, "in_doubt, ran 1 times");
        assertOnly(CrashPoint.AFTER_COMMIT, "ok, ran 1 times");
    }

    private static Set<CrashPoint> points(String names) {
        return names.isEmpty()
                ? EnumSet.allOf(CrashPoint.class)
                : Arrays.stream(names.split(",")).map(CrashPoint::valueOf).collect(Collectors.toSet());
    }

    private void assertOnly(CrashPoint point, String outcome) {
        if (POINTS.contains(point)) {
            assertThat(outcomes(point)).as(point.meaning).containsExactly(outcome);
        }
    }

    /** As if decoding it ended every worker, whether its calls are to be run, or only to be refused. */
    @Test
    @EnabledIfSystemProperty(named = "toolstream.guarantee", matches = "long")
    void recordThatCannotBeDecoded_endsFourWorkers_andNoMore(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        try (Scene scene = Scene.withOneWorker(folder, history)) {
            Halting halting = Halting.at(CrashPoint.IN_DECODING, scene.worker(0).debuggerPort());
            history.sent(scene.send("deadly", Effect.ONCE, "token-deadly"));
            for (int life = 1; life <= 4; life++) {
                halting.await(Duration.ofSeconds(60));
                scene.worker(0).kill();
                history.crashed(new Crash(scene.workerIds(), scene.committed(), scene.ends()));
                Program next = scene.replace(0);
                if (life < 4) {
                    await().ignoreExceptions().until(() -> next.debuggerPort() > 0);
                    halting = Halting.at(CrashPoint.IN_DECODING, next.debuggerPort());
                }
            }
            scene.worker(0).awaitReady();
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> history.allReplies().size() == 1);
            scene.readJournal();
        }
        assertThat(history.allReplies().get(0).why()).startsWith("poison");
        assertThat(history.executions()).isEmpty();
    }

    private interface Reached {
        void await(Duration atMost) throws Exception;
    }

    private static Reached armed(Scene scene, CrashPoint point, Program worker) throws Exception {
        if (point.isAtTheTool()) {
            CompletableFuture<Void> begun = scene.holdNextRun();
            return atMost -> begun.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        }
        return Halting.at(point, worker.debuggerPort())::await;
    }

    private List<String> outcomes(CrashPoint point) {
        return List.copyOf(table.getOrDefault(point, Map.of()).keySet());
    }

    private void crash(Scene scene, CrashPoint point, String id, String token) throws Exception {
        Program worker = scene.worker(0);
        Reached reached = armed(scene, point, worker);
        history.sent(scene.send(id, Effect.ONCE, token));
        reached.await(Duration.ofSeconds(60));
        worker.kill();
        history.crashed(new Crash(scene.workerIds(), scene.committed(), scene.ends()));

        scene.replace(0).awaitReady();
        await().atMost(Duration.ofMinutes(2)).until(() -> history.unanswered() == 0);
        await().atMost(Duration.ofMinutes(2)).until(scene::hasCommittedAll);
        assertThat(scene.seesAllReplies()).isTrue();
        String outcome = history.repliesTo(id).stream()
                        .map(SeenReply::status)
                        .map(Status::text)
                        .collect(Collectors.joining(" then "))
                + ", ran " + scene.runs(token) + " times";
        table.computeIfAbsent(point, unused -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
    }
}
