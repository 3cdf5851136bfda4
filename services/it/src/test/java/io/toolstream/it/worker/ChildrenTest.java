package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.testkit.StdioToolServer;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tool servers that are children of the worker. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ChildrenTest {
    private final Pipeline pipeline;

    ChildrenTest(TestCluster cluster) {
        pipeline = Pipeline.fresh(cluster);
    }

    @Test
    void childrenThatCannotStart_leaveTheOthers_andNoneIsLeftAtTheEnd() throws Exception {
        try (Worker worker = pipeline.worker(
                        "w1",
                        child("missing", List.of("/no/such/program")),
                        child("exits", List.of("false")),
                        child("good", StdioToolServer.command()));
                Caller caller = new Caller(pipeline)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> worker.tools().server("good").orElseThrow().isKnown());

            caller.send(call("of-missing", "missing", "echo"));
            caller.send(call("of-exits", "exits", "echo"));
            caller.send(call("of-good", "good", "echo"));

            assertThat(caller.reply("of-good").status()).isEqualTo(Status.OK);
            assertThat(caller.reply("of-missing").status()).isEqualTo(Status.UNAVAILABLE);
            assertThat(caller.reply("of-exits").status()).isEqualTo(Status.UNAVAILABLE);
            // The others are tried again and again, and are there for a moment each time.
            await().untilAsserted(() -> assertThat(children()).isEqualTo(1));
        }
        await().untilAsserted(() -> assertThat(children()).isZero());
    }

    @Test
    void childThatExitsDuringACall_isStartedAgain_andTheCallAnsweredByItsEffect() throws Exception {
        try (Worker worker = pipeline.worker(
                        "w1",
                        child("brittle", StdioToolServer.command("--script", "env=cut:0", "--script", "fail=cut:0")));
                Caller caller = new Caller(pipeline)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> worker.tools().server("brittle").orElseThrow().isKnown());

            caller.send("{\"id\":\"read\",\"server\":\"brittle\",\"tool\":\"env\",\"arguments\":{\"name\":\"x\"}}");
            Reply read = caller.reply("read");
            assertThat(read.status()).isEqualTo(Status.FAILED);
            assertThat(Objects.requireNonNull(read.error()).code()).isEqualTo("server-exited");

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                String id = TestCluster.fresh("after");
                caller.send(call(id, "brittle", "echo"));
                assertThat(caller.reply(id).status()).isEqualTo(Status.OK);
            });

            caller.send(call("once", "brittle", "fail"));
            Reply once = caller.reply("once");
            assertThat(once.status()).isEqualTo(Status.IN_DOUBT);
            assertThat(Objects.requireNonNull(once.error()).message()).contains("server-exited");
        }
    }

    private static long children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
    }

    private static ServerEntry child(String name, List<String> command) {
        return new ServerEntry.Stdio(name, command, Map.of(), null);
    }

    private static String call(String id, String server, String tool) {
        return "{\"id\":\"" + id + "\",\"server\":\"" + server + "\",\"tool\":\"" + tool + "\"}";
    }
}
