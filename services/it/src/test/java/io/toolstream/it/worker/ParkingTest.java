package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.client.ParkedCalls;
import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.testkit.ServerOptions;
import io.toolstream.wire.BatchReply;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls that nobody waits for, while their tool server is away. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ParkingTest {
    private static final int CALLS = 200;
    private static final int MEMBERS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Pipeline pipeline;

    ParkingTest(TestCluster cluster) {
        pipeline = Pipeline.fresh(cluster);
    }

    @Test
    void serverThatIsAway_batchCallsWaitAcrossARestartAndAreAnsweredOnce() throws Exception {
        ScriptedToolServer first = ScriptedToolServer.start();
        int port = first.port();
        try (Caller caller = callerOnceItIsReady(first)) {
            try (Worker worker = pipeline.worker("w1", Pipeline.http("flaky", first.url()))) {
                await().until(() -> worker.tools().server("flaky").orElseThrow().isKnown());
                first.close();
                Pipeline.awaitDisconnected(worker);

                caller.send(call("interactive", ""));
                caller.sendMany(batch());
                caller.send(record());

                assertThat(caller.reply("interactive").status()).isIn(Status.UNAVAILABLE, Status.FAILED);
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(worker.calls().inFlight()).isZero());
            }
            assertThat(parked()).isEqualTo(CALLS + MEMBERS);
            assertThat(caller.closings()).isEmpty();
            assertThat(caller.replies())
                    .extracting(reply -> reply.identity().id())
                    .containsExactly("interactive");

            // Its successor has never seen the server.
            try (Worker worker = pipeline.worker("w2", Pipeline.http("flaky", first.url()))) {
                assertThat(worker.calls().partitions()).hasSize(Pipeline.PARTITIONS);
                try (ScriptedToolServer second = ScriptedToolServer.start(ServerOptions.defaults(), port)) {
                    await().atMost(PATIENCE).until(() -> caller.replyCount() == 1 + CALLS + MEMBERS + 1);

                    assertThat(second.calls()).hasSize(CALLS + MEMBERS);
                    await().untilAsserted(() -> assertThat(parked()).isZero());
                }
            }
            List<Reply> answered = caller.replies().stream()
                    .filter(reply -> reply.identity().id().startsWith("batch-"))
                    .toList();
            assertThat(answered)
                    .hasSize(CALLS + MEMBERS)
                    .extracting(Reply::status)
                    .containsOnly(Status.OK);
            assertThat(answered).extracting(reply -> reply.identity().id()).doesNotHaveDuplicates();
            assertThat(caller.closings()).hasSize(1);
            assertThat(caller.closings().get(0).reply())
                    .isEqualTo(new BatchReply("record", "record", MEMBERS, Map.of(Status.OK, MEMBERS), null));
            await().until(() -> caller.events().size() == 1 + CALLS + MEMBERS);
            assertThat(caller.events()).allSatisfy(event -> {
                long parkedMicros = event.times().parkedMicros();
                boolean hasWaited = event.subject().id().startsWith("batch-");
                assertThat(parkedMicros > 0).as("%s", event).isEqualTo(hasWaited);
                assertThat(parkedMicros).isLessThanOrEqualTo(event.times().queueMicros());
            });
        }
    }

    private int parked() {
        return ParkedCalls.read(pipeline.cluster().connection(), pipeline.topics())
                .count();
    }

    /** The topics are made by the first worker. */
    private Caller callerOnceItIsReady(ScriptedToolServer server) throws Exception {
        pipeline.worker("w0", Pipeline.http("flaky", server)).close();
        return new Caller(pipeline);
    }

    private static List<String> batch() {
        return IntStream.range(0, CALLS)
                .mapToObj(index -> call("batch-" + index, ",\"priority\":\"batch\",\"timeoutMs\":600000"))
                .toList();
    }

    private static String record() {
        String members = IntStream.range(0, MEMBERS)
                .mapToObj(index -> call("batch-of-" + index, ",\"timeoutMs\":600000"))
                .collect(Collectors.joining(","));
        return "{\"id\":\"record\",\"priority\":\"batch\",\"calls\":[" + members + "]}";
    }

    private static String call(String id, String further) {
        return "{\"id\":\"" + id + "\",\"server\":\"flaky\",\"tool\":\"echo\"" + further + "}";
    }
}
