package io.toolstream.it.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.wire.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The promises under load and faults. A short form by default; the long one is
 * {@code mvn test -pl services/it -am -Dtest=GuaranteeTest -Dtoolstream.guarantee=long}. The seed in the log, given as
 * {@code -Dtoolstream.seed}, brings the same faults and calls again.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class GuaranteeTest {
    private static final Logger log = LoggerFactory.getLogger(GuaranteeTest.class);
    private static final boolean IS_LONG = "long".equals(System.getProperty("toolstream.guarantee"));
    private static final long SEED = Long.getLong("toolstream.seed", System.nanoTime());
    private static final int CALLS = IS_LONG ? 24_000 : 3_000;
    private static final int FAULTS = IS_LONG ? 24 : 4;
    private static final int PER_SECOND = 80;
    private static final Duration BETWEEN = Duration.ofSeconds(IS_LONG ? 4 : 2);

    private final History history = new History();
    private final List<String> promiseThree = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void promises_holdUnderFaults(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        log.info("seed {}, {} calls, {} faults, logs in {}", SEED, CALLS, FAULTS, folder);
        SplittableRandom random = new SplittableRandom(SEED);
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        try (Scene scene = new Scene(folder, history, random.split());
                Callers callers = new Callers(scene.bootstrapServers(), history, random.split(), CALLS, PER_SECOND)) {
            ScheduledFuture<?> watching = watch.scheduleWithFixedDelay(() -> look(scene), 1, 1, TimeUnit.SECONDS);
            for (Fault fault : Fault.schedule(FAULTS, random)) {
                Pause.of(BETWEEN);
                log.info("{} after {} calls", fault, callers.sent());
                fault.happen(scene, history, random);
            }
            callers.finish();
            await().atMost(Duration.ofMinutes(3)).until(() -> history.unanswered() == 0);
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(scene.committed()).isEqualTo(scene.ends()));
            assertThat(scene.seesAllReplies()).isTrue();
            watching.cancel(false);
            scene.readJournal();
        } finally {
            watch.shutdownNow();
            report();
        }
        assertPromises();
    }

    /** What is committed before replies are looked at has to be among them. */
    private void look(Scene scene) {
        try {
            Map<Integer, Long> committed = scene.committed();
            if (scene.seesAllReplies()) {
                promiseThree.addAll(Checks.committedUnanswered(history, committed));
                looks.incrementAndGet();
            }
        } catch (AssertionError | RuntimeException brokerIsAway) {
            log.debug("no look at what is committed: {}", brokerIsAway.toString());
        }
    }

    private void assertPromises() {
        assertThat(history.calls()).as("accepted").hasSizeGreaterThan(CALLS * 9 / 10);
        assertThat(Checks.lost(history)).as("lost").isEmpty();
        assertThat(Checks.foreign(history)).as("foreign").isEmpty();
        assertThat(promiseThree).as("committed and not answered").isEmpty();
        assertThat(looks.get()).as("looks at what is committed").isGreaterThan(10);
        assertThat(Checks.ranTwice(history)).as("ran twice").isEmpty();
        assertThat(Checks.untrue(history)).as("said what is not true").isEmpty();
        assertThat(Checks.unexplainedDuplicates(history)).as("duplicates").isEmpty();
        assertThat(Checks.beyondTheBound(history, WorkerProgram.MOST_UNSETTLED))
                .as("duplicates of one crash")
                .isEmpty();
        assertThat(Checks.unexplainedDisorder(history)).as("out of order").isEmpty();
    }

    private void report() {
        history.allReplies().stream()
                .collect(Collectors.groupingBy(SeenReply::why, TreeMap::new, Collectors.counting()))
                .forEach((why, count) -> log.info("{} replies {}", count, why.isEmpty() ? "without an error" : why));
        Map<Status, Long> statuses = history.allReplies().stream()
                .collect(Collectors.groupingBy(SeenReply::status, TreeMap::new, Collectors.counting()));
        log.info(
                "accepted {}, replies {} {}, duplicates {}, executions {}, looks {}, crashes {}, out of order {}",
                history.calls().size(),
                history.allReplies().size(),
                statuses,
                Checks.duplicates(history),
                history.executions().size(),
                looks,
                history.crashes().size(),
                Checks.outOfOrder(history).size());
    }
}
