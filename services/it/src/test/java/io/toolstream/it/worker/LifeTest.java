package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.settings.KafkaSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.wire.Status;
import io.toolstream.worker.Worker;
import io.toolstream.worker.WorkerException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Start, close and what a worker costs meanwhile. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LifeTest {
    private final Pipeline pipeline;

    LifeTest(TestCluster cluster) {
        pipeline = Pipeline.fresh(cluster);
    }

    @Test
    void start_onTopicsWithAnotherNumberOfPartitions_saysSo() {
        pipeline.cluster().makeTopic(pipeline.topics().calls(), 7);

        assertThatThrownBy(() -> Worker.start(pipeline.settings("w1", 10), List.of()))
                .isInstanceOf(WorkerException.class)
                .hasMessageContaining(pipeline.topics().calls())
                .hasMessageContaining("7")
                .hasMessageContaining("topics.partitions");
        assertNothingIsLeft("w1");
    }

    @Test
    void start_onFewerPartitionsOfParkedCalls_saysSo() {
        pipeline.cluster().makeTopic(pipeline.topics().parked(), 7);

        assertThatThrownBy(() -> Worker.start(pipeline.settings("w1", 10), List.of()))
                .isInstanceOf(WorkerException.class)
                .hasMessageContaining(pipeline.topics().parked());
        assertNothingIsLeft("w1");
    }

    @Test
    void start_withoutABroker_saysSo() {
        ToolstreamSettings settings = withKafka(
                pipeline.settings("w2", 10),
                new KafkaSettings(
                        "127.0.0.1:1",
                        "worker-w2",
                        Map.of("default.api.timeout.ms", "1000", "request.timeout.ms", "500")));

        assertThatThrownBy(() -> Worker.start(settings, List.of())).isInstanceOf(WorkerException.class);
        assertNothingIsLeft("w2");
    }

    @Test
    void close_underLoad_losesNothingAndRepeatsNothing() throws Exception {
        try (ScriptedToolServer tools = ScriptedToolServer.start();
                Worker first = pipeline.worker("first", Pipeline.http("tools", tools));
                Caller caller = new Caller(pipeline)) {
            List<String> ids = new ArrayList<>();
            sendUntil(caller, ids, () -> caller.replyCount() > 100);

            CompletableFuture<Boolean> drained =
                    CompletableFuture.supplyAsync(() -> first.close(Duration.ofSeconds(60)));
            sendUntil(caller, ids, drained::isDone);
            assertThat(drained.join()).as("drained").isTrue();
            int calls = ids.size();
            assertThat(caller.replyCount()).as("closed in the middle").isLessThan(calls);
            assertThat(first.terminated()).isCompleted();
            try (Worker second = pipeline.worker("second", Pipeline.http("tools", tools))) {
                await().atMost(Duration.ofMinutes(2))
                        .untilAsserted(() -> assertThat(caller.replyCount()).isGreaterThanOrEqualTo(calls));
                await().untilAsserted(
                                () -> assertThat(second.calls().inFlight()).isZero());
            }

            assertThat(caller.replies())
                    .hasSize(calls)
                    .allSatisfy(reply -> assertThat(reply.status()).isEqualTo(Status.OK))
                    .extracting(reply -> reply.identity().id())
                    .containsExactlyInAnyOrderElementsOf(ids);
            await().untilAsserted(() -> assertThat(caller.events()).hasSize(calls));
        }
    }

    /** More calls than a worker takes, as long as they are not too many, and some after the condition was seen to hold. */
    private static void sendUntil(Caller caller, List<String> ids, BooleanSupplier condition) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(() -> {
            boolean isOver = condition.getAsBoolean();
            if (isOver || ids.size() < 4_000) {
                List<String> more = IntStream.range(ids.size(), ids.size() + 200)
                        .mapToObj(i -> "call-" + i)
                        .toList();
                caller.sendMany(more.stream().map(LifeTest::quick).toList());
                ids.addAll(more);
            }
            return isOver;
        });
    }

    @Test
    void close_beforeWhatIsInFlightEnds_leavesItToTheNext() throws Exception {
        try (ScriptedToolServer tools = ScriptedToolServer.start();
                Caller caller = startedCaller()) {
            tools.script("echo", Behaviour.never(), Behaviour.normal());
            Worker first = pipeline.worker("first", Pipeline.http("tools", tools));
            caller.send(quick("slow"));
            await().until(() -> !tools.calls().isEmpty());

            assertThat(first.close(Duration.ofMillis(100))).as("drained").isFalse();
            assertThat(caller.replyCount())
                    .as("no answer of a worker that gave up")
                    .isZero();

            try (Worker second = pipeline.worker("second", Pipeline.http("tools", tools))) {
                assertThat(caller.reply("slow").status()).isEqualTo(Status.OK);
                assertThat(caller.reply("slow").servedBy().worker()).isEqualTo("second");
                assertThat(second.calls().handled()).isEqualTo(1);
            }
            assertThat(caller.replies("slow")).hasSize(1);
        }
    }

    @Test
    void tenThousandCalls_startNoThread() throws Exception {
        try (ScriptedToolServer tools = ScriptedToolServer.start();
                Worker worker = pipeline.worker("w1", Pipeline.http("tools", tools));
                Caller caller = new Caller(pipeline)) {
            caller.sendMany(
                    IntStream.range(0, 1_000).mapToObj(i -> quick("warm-" + i)).toList());
            await().atMost(Duration.ofSeconds(60)).until(() -> caller.replyCount() == 1_000);
            long startedBefore = threadsStarted();

            caller.sendMany(
                    IntStream.range(0, 10_000).mapToObj(i -> quick("call-" + i)).toList());
            await().atMost(Duration.ofMinutes(2)).until(() -> caller.replyCount() == 11_000);

            assertThat(threadsStarted() - startedBefore).isLessThan(100);
            assertThat(worker.calls().inFlight()).isLessThanOrEqualTo(500);
        }
    }

    /** Ever, of this JVM: broker, caller and tool server start some of their own, but not one in a hundred calls. */
    private static long threadsStarted() {
        return ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
    }

    private Caller startedCaller() throws Exception {
        pipeline.worker("maker-of-topics").close();
        return new Caller(pipeline);
    }

    private static void assertNothingIsLeft(String workerId) {
        await().untilAsserted(() -> {
            Set<String> left = Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.contains("worker-" + workerId))
                    .collect(Collectors.toSet());
            assertThat(left).isEmpty();
        });
    }

    private static ToolstreamSettings withKafka(ToolstreamSettings settings, KafkaSettings kafka) {
        return new ToolstreamSettings(
                settings.profile(),
                kafka,
                settings.topics(),
                settings.worker(),
                settings.client(),
                settings.mcp(),
                settings.remoteMcp(),
                settings.limits(),
                settings.admin(),
                settings.log(),
                settings.servers());
    }

    private static String quick(String id) {
        return "{\"id\":\"" + id + "\",\"server\":\"tools\",\"tool\":\"echo\",\"arguments\":{\"a\":1}}";
    }
}
