package io.toolstream.it.guarantee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.client.ParkedCalls;
import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.testkit.Answer;
import io.toolstream.testkit.ScriptedTool;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.testkit.ServerOptions;
import io.toolstream.wire.Status;
import io.toolstream.wire.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tool server that is away for a while under calls that can wait, and workers that are killed meanwhile. A short form by
 * default; the long one, a minute, is {@code -Dtoolstream.outage=long}.
 */
@ExtendWith(SharedBroker.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OutageTest {
    private static final Logger log = LoggerFactory.getLogger(OutageTest.class);
    private static final boolean IS_LONG = "long".equals(System.getProperty("toolstream.outage"));
    private static final int PER_SECOND = 200;
    private static final int WORKERS = IS_LONG ? 3 : 2;
    private static final int KILLS = IS_LONG ? 3 : 1;
    private static final Duration OUTAGE = Duration.ofSeconds(IS_LONG ? 60 : 3);
    private static final Duration AROUND = Duration.ofSeconds(IS_LONG ? 5 : 1);
    /** After it, what came before the breaker opened has gone. */
    private static final Duration SETTLES = Duration.ofSeconds(2);

    private static final Duration DRAIN = Duration.ofSeconds(60);

    /** Of an interactive call on another server; the short form runs beside other tests, with workers that are cold. */
    private static final Duration FAST = Duration.ofMillis(250);

    /** Calls on the partitions of a worker that is killed wait for its session to end, and for the next one. */
    private static final Duration EFFECT_OF_A_KILL = Duration.ofSeconds(12);

    private final TestCluster cluster;
    private final String name = TestCluster.fresh("outage");
    private final TopicNames topics = new TopicNames(name + ".");
    private final List<Program> workers = new ArrayList<>();
    private final List<Long> killedNanos = new ArrayList<>();
    private final List<Crash> crashes = new ArrayList<>();
    private int starts;

    OutageTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void serverThatIsAway_whatCanWaitIsAllAnsweredOnceItIsBack(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        ScriptedToolServer tools = server(0);
        Map<String, Integer> replyCounts = new HashMap<>();
        List<Long> interactiveMillis = new ArrayList<>();
        long[] drainedNanos = new long[1];
        try (ScriptedToolServer well = server(0)) {
            String servers = "tools=" + tools.url() + ",well=" + well.url();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(worker(folder, servers, i));
            }
            workers.forEach(Program::awaitReady);
            try (OutageReplies replies = new OutageReplies(cluster.connection(), topics);
                    OutageLoad load = new OutageLoad(bootstrapServers(), topics, PER_SECOND)) {
                Pause.of(AROUND);
                tools.close();
                long awayNanos = System.nanoTime();
                long awayMillis = System.currentTimeMillis();
                for (int kill = 0; kill < KILLS; kill++) {
                    Pause.of(OUTAGE.dividedBy(KILLS + 1));
                    kill(kill % WORKERS, folder, servers);
                }
                Pause.of(OUTAGE.minusNanos(System.nanoTime() - awayNanos));
                await("few calls are in flight or not yet taken")
                        .atMost(Duration.ofMinutes(2))
                        .until(() -> uncommitted() < PER_SECOND);
                log.info("{} calls wait", parked());
                List<Long> taken = TakenPlaces.between(
                        cluster.connection(), topics, awayMillis + SETTLES.toMillis(), System.currentTimeMillis());
                log.info("places in flight taken while away, of {}: {}", WorkerProgram.MOST_IN_FLIGHT, taken);
                if (IS_LONG) {
                    assertThat(taken.get(taken.size() / 2))
                            .as("places in flight taken while the server was away, median of what workers told")
                            .isLessThan(WorkerProgram.MOST_IN_FLIGHT / 4);
                }

                try (ScriptedToolServer back = server(tools.port())) {
                    long backNanos = System.nanoTime();
                    Pause.of(AROUND);
                    if (IS_LONG) {
                        kill(0, folder, servers);
                        Pause.of(AROUND);
                    }
                    load.finish();
                    await().atMost(Duration.ofMinutes(3))
                            .until(() -> replies.first()
                                    .keySet()
                                    .containsAll(load.accepted().keySet()));
                    Duration drained = lastOfOutage(load, replies, backNanos);
                    report(load, replies, drained, awayNanos, backNanos);

                    assertThat(replies.failures()).isEmpty();
                    assertThat(replies.statuses()).containsOnly(Status.OK);
                    assertThat(answeredMeanwhile(load, replies, awayNanos, backNanos))
                            .as("share of interactive calls that were answered while the other server was away")
                            .isGreaterThan(0.5);
                    await().atMost(Duration.ofSeconds(60))
                            .untilAsserted(() -> assertThat(parked()).isZero());
                    replyCounts.putAll(replies.counts());
                    drainedNanos[0] = drained.toNanos();
                    interactiveMillis.addAll(interactive(load, replies, awayNanos, backNanos));
                    assertThat(back.calls()).isNotEmpty();
                }
            }
            ParkedOrder order = ParkedOrder.read(cluster.connection(), topics);
            log.info("{} stays, {} returns, {} of them again", order.stays(), order.returns(), order.again());
            assertThat(order.early()).as("came back early").isEmpty();
            assertThat(SecondReplies.unexplained(
                            replyCounts, SecondReplies.places(cluster.connection(), topics), crashes))
                    .as("answered more than once, without a crash that explains it")
                    .isEmpty();
            // What depends on the machine comes last; the short form has waited for all answers, and that is all it can
            // say.
            if (IS_LONG) {
                assertThat(Duration.ofNanos(drainedNanos[0])).isLessThan(DRAIN);
                assertThat(interactiveMillis).hasSizeGreaterThan(10);
                assertThat(percentile(interactiveMillis, 95))
                        .as("ms of interactive calls, 95th percentile")
                        .isLessThan(FAST.toMillis());
            }
            assertThat(order.stays()).as("waited").isGreaterThan((int) OUTAGE.toSeconds() * PER_SECOND / 2);
        } finally {
            tools.close();
            workers.forEach(Program::close);
        }
    }

    private static ScriptedToolServer server(int port) {
        ScriptedToolServer server = ScriptedToolServer.start(ServerOptions.defaults(), port);
        server.add(ScriptedTool.of("get", "{\"type\":\"object\"}", (arguments, cancelled) -> Answer.text("done")));
        return server;
    }

    /** Its place is taken at once: by a worker of the same name in the short form, which need not wait for its session's end. */
    private void kill(int index, Path folder, String servers) {
        killedNanos.add(System.nanoTime());
        workers.get(index).kill();
        crashes.add(new Crash(Set.of("worker-" + index), committed(), ends()));
        workers.set(index, worker(folder, servers, index).awaitReady());
    }

    private Program worker(Path folder, String servers, int index) {
        String id = "worker-" + ++starts;
        List<String> arguments =
                new ArrayList<>(List.of(bootstrapServers(), topics.prefix(), name + "-workers", id, servers));
        if (!IS_LONG) {
            arguments.add("member-" + index);
        }
        return Program.start(folder.resolve(id + ".log"), WorkerProgram.class, arguments.toArray(String[]::new));
    }

    private String bootstrapServers() {
        return cluster.connection().bootstrapServers();
    }

    private long uncommitted() {
        Map<Integer, Long> committed = committed();
        return ends().entrySet().stream()
                .mapToLong(end -> end.getValue() - committed.getOrDefault(end.getKey(), 0L))
                .sum();
    }

    private Map<Integer, Long> committed() {
        return cluster.committed(name + "-workers");
    }

    /** Of the calls topic. */
    private Map<Integer, Long> ends() {
        return cluster.ends(topics.calls(), WorkerProgram.PARTITIONS);
    }

    private int parked() {
        return ParkedCalls.read(cluster.connection(), topics).count();
    }

    /** From the server's return to the answer of the last call that was sent before. */
    private static Duration lastOfOutage(OutageLoad load, OutageReplies replies, long backNanos) {
        return Duration.ofNanos(load.accepted().entrySet().stream()
                .filter(call -> call.getKey().startsWith("out-") && call.getValue() < backNanos)
                .mapToLong(call -> replies.first().getOrDefault(call.getKey(), 0L) - backNanos)
                .max()
                .orElse(0));
    }

    /** Milliseconds of interactive calls sent while the other server was away or had just come back, and no worker was missing. */
    private List<Long> interactive(OutageLoad load, OutageReplies replies, long fromNanos, long toNanos) {
        return load.accepted().entrySet().stream()
                .filter(call -> call.getKey().startsWith("now-"))
                .filter(call -> call.getValue() >= fromNanos && call.getValue() < toNanos)
                .filter(call -> killedNanos.stream().noneMatch(killed -> isNear(call.getValue(), killed)))
                .map(call -> TimeUnit.NANOSECONDS.toMillis(
                        replies.first().getOrDefault(call.getKey(), 0L) - call.getValue()))
                .sorted()
                .toList();
    }

    /** Of the interactive calls that were sent while the other server was away. */
    private static double answeredMeanwhile(OutageLoad load, OutageReplies replies, long fromNanos, long toNanos) {
        List<Map.Entry<String, Long>> sent = load.accepted().entrySet().stream()
                .filter(call -> call.getKey().startsWith("now-"))
                .filter(call -> call.getValue() >= fromNanos && call.getValue() < toNanos)
                .toList();
        long answered = sent.stream()
                .filter(call -> replies.first().getOrDefault(call.getKey(), Long.MAX_VALUE) < toNanos)
                .count();
        return (double) answered / sent.size();
    }

    private static boolean isNear(long nanos, long killedNanos) {
        long after = nanos - killedNanos;
        return after > -TimeUnit.SECONDS.toNanos(1) / 2 && after < EFFECT_OF_A_KILL.toNanos();
    }

    private static long percentile(List<Long> sorted, int percent) {
        return sorted.isEmpty() ? -1 : sorted.get((sorted.size() - 1) * percent / 100);
    }

    private void report(OutageLoad load, OutageReplies replies, Duration drained, long awayNanos, long backNanos) {
        List<Long> away = interactive(load, replies, awayNanos, backNanos);
        List<Long> after = interactive(load, replies, backNanos, Long.MAX_VALUE);
        log.info(
                "accepted {}, answered {}, answered again {}, statuses other than ok {}, {} kills",
                load.accepted().size(),
                replies.first().size(),
                replies.again(),
                replies.statuses().stream()
                        .filter(status -> status != Status.OK)
                        .count(),
                killedNanos.size());
        log.info(
                "drained in {} ms; interactive while away: {} calls, p50 {} ms, p95 {} ms, max {} ms",
                drained.toMillis(),
                away.size(),
                percentile(away, 50),
                percentile(away, 95),
                percentile(away, 100));
        if (after.size() > 10) {
            log.info(
                    "interactive while it drains: {} calls, p50 {} ms, p95 {} ms, max {} ms",
                    after.size(),
                    percentile(after, 50),
                    percentile(after, 95),
                    percentile(after, 100));
        }
    }
}
