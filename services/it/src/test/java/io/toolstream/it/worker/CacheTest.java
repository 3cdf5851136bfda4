package io.toolstream.it.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.client.ClientSettings;
import io.toolstream.client.ReplyFuture;
import io.toolstream.client.ToolCall;
import io.toolstream.client.ToolClient;
import io.toolstream.it.interop.Missing;
import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.settings.Effect;
import io.toolstream.settings.RedisSettings;
import io.toolstream.settings.RetrySettings;
import io.toolstream.settings.ServerPolicy;
import io.toolstream.settings.ToolCacheSettings;
import io.toolstream.settings.ToolSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.testkit.Answer;
import io.toolstream.testkit.RedisServer;
import io.toolstream.testkit.ScriptedTool;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.wire.CallKey;
import io.toolstream.wire.Murmur2;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.worker.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are kept, by several workers, over a broker. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class CacheTest {
    private static final int EQUAL_CALLS = 10_000;

    /** In which workers knew all the while which answers are void: so many are wanted, of so many. */
    private static final int CLEAR_ROUNDS = 2;

    private static final int MOST_ROUNDS = 30;

    private static final String ANY = "{\"type\":\"object\"}";

    private final Pipeline pipeline;
    private final List<Worker> workers = new ArrayList<>();
    private final AtomicInteger value = new AtomicInteger();
    private final Map<String, Queue<Long>> readNanos = new ConcurrentHashMap<>();
    private ScriptedToolServer tools;

    CacheTest(TestCluster cluster) {
        pipeline = Pipeline.fresh(cluster);
    }

    @BeforeEach
    void start() {
        tools = ScriptedToolServer.start();
        tools.add(ScriptedTool.of("read", ANY, (arguments, cancelled) -> {
            readNanos
                    .computeIfAbsent(arguments.raw(), unused -> new ConcurrentLinkedQueue<>())
                    .add(System.nanoTime());
            String read = Integer.toString(value.get());
            boolean unused = cancelled.sleep(Duration.ofMillis(20));
            return Answer.text(read);
        }));
        tools.add(ScriptedTool.of(
                "write", ANY, (arguments, cancelled) -> Answer.text(Integer.toString(value.incrementAndGet()))));
    }

    @AfterEach
    void stop() {
        workers.forEach(Worker::close);
        tools.close();
    }

    @Test
    void equalCallsOfTheClient_runOnceInTheCluster() throws Exception {
        worker("w1", null);
        worker("w2", null);
        ClientSettings settings = ClientSettings.of(pipeline.cluster().connection(), pipeline.topics())
                .withMaxInFlight(EQUAL_CALLS)
                .withDefaultTimeout(Duration.ofSeconds(60));
        try (Caller caller = new Caller(pipeline);
                ToolClient client = ToolClient.connect(settings)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> isKeyed(client));
            assertRuns(caller, "keyed", 1, round -> {
                ToolCall call = ToolCall.of("tools", "read").argument("keyed", round);
                List<ReplyFuture> replies = IntStream.range(0, EQUAL_CALLS)
                        .mapToObj(i -> client.call(call))
                        .toList();
                assertThat(replies).allMatch(reply -> reply.join().status() == Status.OK);
            });
        }
    }

    /** Makes equal calls, other ones in each round, and has all answered. */
    private interface Round {
        void make(int number) throws Exception;
    }

    /**
     * That so many are executed and no more. On a machine so busy that the workers' readers get no turn it may be that they
     * lose sight of the marks; then equal calls are executed once a second on each, and another round has to show the rest.
     */
    private void assertRuns(Caller caller, String name, int due, Round round) throws Exception {
        int clear = 0;
        for (int number = 0; number < MOST_ROUNDS && clear < CLEAR_ROUNDS; number++) {
            knowsEpochs(caller);
            double unsure = unsure();
            long beganNanos = System.nanoTime();
            round.make(number);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNanos);
            List<Long> runs = List.copyOf(
                    readNanos.getOrDefault("{\"" + name + "\":" + number + "}", new ConcurrentLinkedQueue<>()));
            // Where they do not know, an answer counts for a second; and one is of no use once they know again.
            assertThat(runs.size()).as("in %d s", seconds).isBetween(1, due * (int) (seconds + 2));
            if (unsure() == unsure) {
                assertThat(runs.size()).as("round %s", number).isBetween(1, due);
                clear++;
            }
        }
        assertThat(clear).as("rounds with all marks known").isEqualTo(CLEAR_ROUNDS);
    }

    /** Calls for which a worker did not know which answers are void, so far. */
    private double unsure() throws Exception {
        double unsure = 0;
        for (Worker worker : workers) {
            unsure += Admin.of(worker)
                    .get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("toolstream_cache_events_total") && line.contains("epoch_unknown"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        }
        return unsure;
    }

    /** By then, calls go to the partition of what they ask for. */
    private static boolean isKeyed(ToolClient client) {
        return IntStream.range(0, 8).allMatch(i -> {
            ToolCall call = ToolCall.of("tools", "read").argument("k", i);
            String key = CallKey.of(null, "tools", "read", RawJson.ofText("{\"k\":" + i + "}"))
                    .hex();
            return client.send(call).join().position().partition()
                    == Murmur2.partition(key.getBytes(UTF_8), Pipeline.PARTITIONS);
        });
    }

    @Test
    void equalCallsWithoutAKey_runOnceOnEachWorker() throws Exception {
        worker("w1", null);
        worker("w2", null);
        try (Caller caller = new Caller(pipeline)) {
            assertRuns(caller, "spread", 2, round -> {
                int before = caller.replyCount();
                caller.sendMany(calls("spread" + round, "{\"spread\":" + round + "}"));
                await().atMost(Duration.ofMinutes(2)).until(() -> caller.replyCount() - before >= EQUAL_CALLS);
            });
        }
    }

    /** Up, standing still, gone, back: what is shared between workers never makes an answer older than it may be. */
    @Test
    void voidedAnswer_isNeverGivenAfterASecond_withRedisUpDownAndFlapping(@TempDir Path folder) throws Exception {
        RedisServer redis = redis(folder);
        worker("w1", redis);
        worker("w2", redis);
        try (redis;
                Caller caller = new Caller(pipeline)) {
            knowsEpochs(caller);
            sharesAnswers(caller);
            List<Step> steps = List.of(() -> {}, redis::freeze, redis::thaw, redis::kill, redis::startAgain);
            Map<String, Integer> tiers = new TreeMap<>();
            int number = 0;
            for (int round = 0; round < steps.size(); round++) {
                steps.get(round).run();
                String write = "write-" + round;
                caller.send(call(write, "write", "{}"));
                int written = Integer.parseInt(text(caller.reply(write)));
                long voidedNanos = System.nanoTime();
                while (System.nanoTime() - voidedNanos < TimeUnit.MILLISECONDS.toNanos(1_300)) {
                    boolean isLate = System.nanoTime() - voidedNanos > TimeUnit.SECONDS.toNanos(1);
                    String read = "read-" + number++;
                    String arguments = "{\"k\":" + number % 3 + "}";
                    caller.send(
                            number % Pipeline.PARTITIONS,
                            call(read, "read", arguments).getBytes(UTF_8));
                    Reply reply = caller.reply(read);
                    tiers.merge(Objects.requireNonNull(reply.servedBy().cache()), 1, Integer::sum);
                    if (isLate) {
                        assertThat(Integer.parseInt(text(reply)))
                                .as(tiers + ", round " + round)
                                .isEqualTo(written);
                    }
                }
            }
            System.out.println("served: " + tiers);
            assertThat(tiers).containsKeys("l1", "none");
            sharesAnswers(caller);
        }
    }

    @Test
    void start_withRedis_isReadyWithItsConnections_butWaitsForNoneThatStandsStill(@TempDir Path folder)
            throws Exception {
        try (RedisServer redis = redis(folder)) {
            worker("w1", redis.url(), Duration.ofMinutes(1));
            // On a busy machine the first attempt to connect may have taken too long, and is followed by others.
            assertThat(readiness(0)).contains("[+]redis ok: ").doesNotContain("not connected yet");
            await().untilAsserted(() -> {
                assertThat(readiness(0)).contains("[+]redis ok: connected");
                assertThat(redis.connections()).isEqualTo(RedisSettings.DEFAULT.connections());
            });

            redis.freeze();
            worker("w2", redis);
            assertThat(readiness(1)).containsPattern("\\[\\+]redis ok: (?!connected)");
            redis.thaw();
        }
    }

    private String readiness(int worker) throws Exception {
        return Admin.of(workers.get(worker)).get("/readyz?verbose").body();
    }

    private interface Step {
        void run() throws Exception;
    }

    private static RedisServer redis(Path folder) throws Exception {
        var redis = RedisServer.start(folder);
        if (redis.isEmpty()) {
            Missing.skip("a real Redis", "there is no redis-server on the PATH");
        }
        return redis.orElseThrow();
    }

    /** Both workers have read the epochs: before, they give only what was asked for within the last second. */
    private static void knowsEpochs(Caller caller) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1_200))
                .until(() -> read(caller, "{\"warm\":1}").stream().allMatch(reply -> reply.attempts() == 0));
    }

    /** Both use the Redis: what one has executed, the other one gives. */
    private static void sharesAnswers(Caller caller) {
        AtomicInteger number = new AtomicInteger();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> read(caller, "{\"shared\":" + number.incrementAndGet() + "}").stream()
                        .anyMatch(reply -> reply.servedBy().cache().equals("l2")));
    }

    /** One after the other on every partition, so that both workers are asked. */
    private static List<Reply> read(Caller caller, String arguments) throws Exception {
        List<Reply> replies = new ArrayList<>();
        for (int partition = 0; partition < Pipeline.PARTITIONS; partition++) {
            String id = "asked-" + UUID.randomUUID();
            caller.send(partition, call(id, "read", arguments).getBytes(UTF_8));
            replies.add(caller.reply(id));
        }
        return replies;
    }

    private static List<String> calls(String name, String arguments) {
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < EQUAL_CALLS; i++) {
            calls.add(call(name + "-" + i, "read", arguments));
        }
        return calls;
    }

    private static String call(String id, String tool, String arguments) {
        return "{\"id\":\"" + id + "\",\"server\":\"tools\",\"tool\":\"" + tool + "\",\"arguments\":" + arguments + "}";
    }

    private static String text(Reply reply) {
        return Objects.requireNonNull(reply.result()).text().replaceAll(".*\"text\":\"(\\d+)\".*", "$1");
    }

    private void worker(String id, @Nullable RedisServer redis) throws Exception {
        worker(id, redis == null ? null : redis.url(), RedisSettings.DEFAULT.warmUp());
    }

    private void worker(String id, @Nullable String redis, Duration warmUp) throws Exception {
        RedisSettings defaults = RedisSettings.DEFAULT;
        RedisSettings shared = new RedisSettings(
                redis,
                redis == null ? null : "secret",
                defaults.connections(),
                defaults.outstanding(),
                defaults.timeout(),
                warmUp);
        ToolstreamSettings settings = pipeline.settings(id, 500).withServers(Map.of("tools", policy()));
        Worker worker = Worker.start(settings.withRedis(shared), List.of(Pipeline.http("tools", tools)));
        workers.add(worker);
        worker.ready().get(60, TimeUnit.SECONDS);
    }

    private static ServerPolicy policy() {
        ToolSettings read = new ToolSettings(Effect.READ, null, RetrySettings.DEFAULT, ToolCacheSettings.ON, List.of());
        ToolSettings write = new ToolSettings(
                Effect.IDEMPOTENT, null, RetrySettings.DEFAULT, ToolCacheSettings.OFF, List.of("read"));
        return new ServerPolicy(true, null, null, Map.of(), null, Map.of("read", read, "write", write));
    }
}
