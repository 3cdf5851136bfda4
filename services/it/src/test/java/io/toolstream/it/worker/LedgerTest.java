package io.toolstream.it.worker;

import static io.toolstream.it.worker.Caller.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.testkit.Answer;
import io.toolstream.testkit.Execution;
import io.toolstream.testkit.ExecutionJournal;
import io.toolstream.testkit.ScriptedTool;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.testkit.ServerOptions;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Murmur2;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.worker.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tools that run once, and what becomes of calls that come twice. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LedgerTest {
    private final Pipeline pipeline;

    @TempDir
    private Path folder;

    private Path journal;
    private ScriptedToolServer tools;

    LedgerTest(TestCluster cluster) {
        pipeline = Pipeline.fresh(cluster);
    }

    @BeforeEach
    void start() {
        journal = folder.resolve("journal");
        tools = ScriptedToolServer.start(ServerOptions.defaults().withJournal(journal));
        tools.add(ScriptedTool.of("pay", "{\"type\":\"object\"}", (arguments, cancelled) -> Answer.text("paid")));
        tools.add(ScriptedTool.of("slow", "{\"type\":\"object\"}", (arguments, cancelled) -> {
            boolean unused = cancelled.sleep(Duration.ofSeconds(60));
            return Answer.text("slept");
        }));
    }

    @AfterEach
    void stop() {
        tools.close();
    }

    @Test
    void sameKeyTwice_runsOnceAndIsAnsweredTwice() throws Exception {
        try (Worker worker = pipeline.worker("w1", Pipeline.http("tools", tools));
                Caller caller = new Caller(pipeline)) {
            caller.send(pay("first", "{\"sum\":1}"), header("idempotency-key", "k1"));
            Reply first = caller.reply("first");
            caller.send(pay("second", "{ \"sum\": 1 }"), header("idempotency-key", "k1"));
            Reply second = caller.reply("second");

            assertThat(first.status()).isEqualTo(Status.OK);
            assertThat(second.status()).isEqualTo(Status.OK);
            assertThat(second.result()).isEqualTo(first.result());
            assertThat(second.attempts()).isZero();
            assertThat(executions()).hasSize(1);
            await().until(() -> worker.calls().inFlight() == 0);
        }
    }

    @Test
    void sameKeyWithOtherArguments_isRejected() throws Exception {
        try (Worker worker = pipeline.worker("w1", Pipeline.http("tools", tools));
                Caller caller = new Caller(pipeline)) {
            caller.send(pay("first", "{\"sum\":1}"), header("idempotency-key", "k1"));
            caller.reply("first");
            caller.send(pay("second", "{\"sum\":2}"), header("idempotency-key", "k1"));

            Reply second = caller.reply("second");
            assertThat(second.status()).isEqualTo(Status.REJECTED);
            assertThat(requireNonNull(second.error()).code()).isEqualTo("key-reused");
            assertThat(executions()).hasSize(1);
            await().until(() -> worker.calls().inFlight() == 0);
        }
    }

    @Test
    void keyedCallOnAnyPartition_isMovedAndAnsweredUnderItsOwnId() throws Exception {
        try (Worker worker = pipeline.worker("w1", Pipeline.http("tools", tools));
                Caller caller = new Caller(pipeline)) {
            for (int partition = 0; partition < Pipeline.PARTITIONS; partition++) {
                String value = "{\"server\":\"tools\",\"tool\":\"pay\",\"arguments\":{\"sum\":1}}";
                caller.send(
                        partition,
                        value.getBytes(UTF_8),
                        header("ordering-key", "account-7"),
                        header("correlation-id", "from-" + partition));
            }

            await().atMost(Duration.ofSeconds(60)).until(() -> caller.replyCount() == Pipeline.PARTITIONS);
            assertThat(caller.replies()).extracting(Reply::status).containsOnly(Status.OK);
            assertThat(caller.replies())
                    .extracting(reply -> reply.identity().id())
                    .as("made of the place where the caller put it")
                    .containsAll(idsOfAllBut(Murmur2.partition("account-7".getBytes(UTF_8), Pipeline.PARTITIONS)));
            await().untilAsserted(() -> assertThat(caller.events()).hasSize(Pipeline.PARTITIONS));
            assertThat(caller.events().stream()
                            .map(event -> event.origin().position().partition())
                            .distinct())
                    .as("executed on one partition")
                    .hasSize(1);
            await().until(() -> worker.calls().inFlight() == 0);
        }
    }

    @Test
    void twoWorkers_duplicatesOnEveryPartition_runOnce() throws Exception {
        int keys = 50;
        try (Worker one = pipeline.worker("one", Pipeline.http("tools", tools));
                Worker two = pipeline.worker("two", Pipeline.http("tools", tools));
                Caller caller = new Caller(pipeline)) {
            await().untilAsserted(() -> assertThat(List.of(one, two))
                    .allSatisfy(
                            worker -> assertThat(worker.calls().partitions()).hasSize(Pipeline.PARTITIONS / 2)));
            for (int i = 0; i < keys * Pipeline.PARTITIONS; i++) {
                int key = i % keys;
                caller.send(
                        i / keys,
                        pay("call-" + i, "{\"key\":" + key + "}").getBytes(UTF_8),
                        header("idempotency-key", "key-" + key));
            }

            await().atMost(Duration.ofSeconds(60)).until(() -> caller.replyCount() == keys * Pipeline.PARTITIONS);
            assertThat(caller.replies()).extracting(Reply::status).containsOnly(Status.OK);
            assertThat(executions()).hasSize(keys);
            assertThat(executions().stream()
                            .collect(Collectors.groupingBy(Execution::argumentsDigest, Collectors.counting())))
                    .allSatisfy((digest, runs) -> assertThat(runs).isEqualTo(1));
        }
    }

    @Test
    void workerGivenUpWhileTheToolRuns_theCallIsInDoubtAndDoesNotRunAgain() throws Exception {
        pipeline.worker("maker-of-topics", Pipeline.http("tools", tools)).close();
        try (Caller caller = new Caller(pipeline)) {
            Worker first = pipeline.worker("first", Pipeline.http("tools", tools));
            caller.send("{\"id\":\"c1\",\"server\":\"tools\",\"tool\":\"slow\",\"arguments\":{}}");
            await().until(() -> executions().size() == 1);
            assertThat(first.close(Duration.ZERO)).as("drained").isFalse();

            try (Worker second = pipeline.worker("second", Pipeline.http("tools", tools))) {
                Reply reply = caller.reply("c1");

                assertThat(reply.status()).isEqualTo(Status.IN_DOUBT);
                assertThat(requireNonNull(reply.error()).mayHaveRun()).isEqualTo(MayHaveRun.MAYBE);
                assertThat(reply.servedBy().worker()).isEqualTo("second");
                assertThat(executions()).hasSize(1);
                await().until(() -> second.calls().inFlight() == 0);
            }
        }
    }

    @Test
    void answeredCallReadAgain_isAnsweredWithWhatIsRecorded() throws Exception {
        Map<Integer, Long> before;
        pipeline.worker("maker-of-topics", Pipeline.http("tools", tools)).close();
        try (Caller caller = new Caller(pipeline)) {
            Worker first = pipeline.worker("first", Pipeline.http("tools", tools));
            before = pipeline.cluster().committed(pipeline.group());
            caller.send(pay("c1", "{\"sum\":1}"));
            Reply answered = caller.reply("c1");
            first.close();
            pipeline.cluster().rewind(pipeline.group(), pipeline.topics().calls(), before);

            try (Worker second = pipeline.worker("second", Pipeline.http("tools", tools))) {
                await().until(() -> caller.replies("c1").size() == 2);

                assertThat(caller.replies("c1")).extracting(Reply::status).containsOnly(Status.OK);
                assertThat(caller.replies("c1")).extracting(Reply::result).containsOnly(answered.result());
                assertThat(executions()).hasSize(1);
                await().until(() -> second.calls().inFlight() == 0);
            }
        }
    }

    @Test
    void cancelledWhileRunning_isInDoubt_cancelledBefore_isCancelled() throws Exception {
        try (Worker worker = pipeline.worker("w1", Pipeline.http("tools", tools));
                Caller caller = new Caller(pipeline)) {
            caller.send("{\"id\":\"running\",\"server\":\"tools\",\"tool\":\"slow\",\"arguments\":{}}");
            caller.send("{\"id\":\"reading\",\"server\":\"tools\",\"tool\":\"sleep\",\"arguments\":{\"ms\":60000}}");
            await().until(() -> executions().size() == 2);

            caller.cancel("later");
            caller.cancel("running");
            caller.cancel("reading");

            assertThat(caller.reply("running").status()).isEqualTo(Status.IN_DOUBT);
            assertThat(caller.reply("reading").status()).isEqualTo(Status.CANCELLED);
            caller.send(pay("later", "{}"));
            assertThat(caller.reply("later").status()).isEqualTo(Status.CANCELLED);
            assertThat(executions()).as("nothing ran for the third").hasSize(2);
            await().until(() -> worker.calls().inFlight() == 0);
        }
    }

    /** Made of the first place of each other partition; at home, moved calls may stand before. */
    private List<String> idsOfAllBut(int home) {
        return IntStream.range(0, Pipeline.PARTITIONS)
                .filter(partition -> partition != home)
                .mapToObj(partition -> pipeline.topics().calls() + "-" + partition + "-0")
                .toList();
    }

    private List<Execution> executions() {
        return ExecutionJournal.read(journal);
    }

    private static String pay(String id, String arguments) {
        return "{\"id\":\"" + id + "\",\"server\":\"tools\",\"tool\":\"pay\",\"arguments\":" + arguments + "}";
    }
}
