package io.toolstream.it.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.ScriptedTool;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.wire.CallError;
import io.toolstream.wire.DecodedReply;
import io.toolstream.wire.Header;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.worker.Worker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller gets from a worker that is well. */
@ExtendWith(SharedBroker.class)
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class CallsTest {
    private final ScriptedToolServer tools = ScriptedToolServer.start();
    private final Pipeline pipeline;
    private final Worker worker;
    private final Caller caller;

    CallsTest(TestCluster cluster) throws Exception {
        pipeline = Pipeline.fresh(cluster);
        tools.add(ScriptedTool.of("pay", "{\"type\":\"object\"}", (arguments, wanted) -> {
            throw new AssertionError("scripted");
        }));
        tools.script("pay", Behaviour.never());
        worker = pipeline.worker("w1", Pipeline.http("tools", tools));
        caller = new Caller(pipeline);
    }

    @AfterAll
    void close() {
        worker.close();
        caller.close();
        tools.close();
    }

    @Test
    void bareValue_withoutAnyHeader_isAnswered() throws Exception {
        caller.send("{\"server\":\"tools\",\"tool\":\"echo\",\"arguments\":{\"n\": 1.10e2, \"u\":\"\\u00e9é\"}}");

        Reply reply = await().until(
                        () -> caller.replies().stream()
                                .filter(seen -> seen.identity()
                                        .id()
                                        .startsWith(pipeline.topics().calls()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        assertThat(reply.status()).isEqualTo(Status.OK);
        assertThat(reply.identity().correlationId()).isEqualTo(reply.identity().id());
        assertThat(Objects.requireNonNull(reply.result()).text())
                .as("the arguments, byte for byte")
                .contains("{\"n\": 1.10e2, \"u\":\"\\u00e9é\"}");
        assertThat(reply.servedBy().worker()).isEqualTo("w1");
        assertThat(reply.attempts()).isEqualTo(1);
    }

    @Test
    void correlationId_ofSixteenBytes_comesBackAsItWas() throws Exception {
        byte[] id = {0, 1, 2, -1, -2, -128, 127, 0, 0, 13, 10, 34, 92, -17, -69, -65};

        caller.send(echo("binary"), new Header("correlation-id", id));

        InboundRecord reply = caller.replyRecord("binary");
        assertThat(reply.headers().last("correlation-id")).hasValue(id);
        assertThat(reply.key()).isEqualTo(id);
    }

    @Test
    void springHeaders_areHonouredAndEchoed() throws Exception {
        String topic = pipeline.topics().prefix() + "team-spring";
        pipeline.cluster().makeTopic(topic, 3);
        caller.alsoReadsRepliesOf(topic);
        byte[] id = "0123456789abcdef".getBytes(UTF_8);
        byte[] partition = ByteBuffer.allocate(4).putInt(2).array();

        caller.send(
                echo("spring"),
                new Header("kafka_correlationId", id),
                Caller.header("kafka_replyTopic", topic),
                new Header("kafka_replyPartition", partition));

        InboundRecord reply = caller.replyRecord("spring");
        assertThat(reply.position().topic()).isEqualTo(topic);
        assertThat(reply.position().partition()).isEqualTo(2);
        assertThat(reply.headers().last("kafka_correlationId")).hasValue(id);
    }

    @Test
    void replyPartition_isWhereTheReplyGoes() throws Exception {
        for (int partition = 0; partition < Pipeline.PARTITIONS; partition++) {
            String id = "to-" + partition;
            caller.send(echo(id), Caller.header("reply-partition", Integer.toString(partition)));

            assertThat(caller.replyRecord(id).position().partition()).isEqualTo(partition);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools__echo", "mcp__tools__echo", "tools.echo", "tools/echo", "tools:echo"})
    void composedName_findsItsTool(String name) throws Exception {
        caller.send("{\"id\":\"by-" + name + "\",\"tool\":\"" + name + "\"}");

        Reply reply = caller.reply("by-" + name);
        assertThat(reply.status()).isEqualTo(Status.OK);
        assertThat(reply.identity().server()).isEqualTo("tools");
        assertThat(reply.identity().tool()).isEqualTo("echo");
    }

    @Test
    void toolError_isAnAnswer_notAFailure() throws Exception {
        caller.send("{\"id\":\"fails\",\"server\":\"tools\",\"tool\":\"fail\"}");

        Reply reply = caller.reply("fails");
        assertThat(reply.status()).isEqualTo(Status.TOOL_ERROR);
        assertThat(Objects.requireNonNull(reply.result()).text()).contains("as asked");
    }

    @Test
    void timeout_ofAToolThatReads_isFailedAndRetryable() throws Exception {
        Reply reply = timedOut("slow", "\"tool\":\"sleep\",\"arguments\":{\"ms\":100000}");

        CallError error = Objects.requireNonNull(reply.error());
        assertThat(reply.status()).isEqualTo(Status.FAILED);
        assertThat(error.code()).isEqualTo("timed-out");
        assertThat(error.mayHaveRun()).isEqualTo(MayHaveRun.MAYBE);
        assertThat(error.retryable()).isTrue();
        assertThat(reply.timings().totalMs()).isBetween(900L, 60_000L);
    }

    /** The reply to a call that had a second; on a machine that takes longer to begin with it, to one that had more. */
    private Reply timedOut(String id, String toolAndArguments) throws Exception {
        for (int seconds = 1; ; seconds *= 4) {
            String each = id + "-" + seconds;
            caller.send("{\"id\":\"%s\",\"server\":\"tools\",%s,\"timeoutMs\":%d}"
                    .formatted(each, toolAndArguments, seconds * 1_000));
            Reply reply = caller.reply(each);
            if (reply.status() != Status.EXPIRED || seconds > 16) {
                return reply;
            }
        }
    }

    @Test
    void timeout_ofAToolThatRunsOnce_isInDoubt() throws Exception {
        Reply reply = timedOut("paid", "\"tool\":\"pay\"");

        assertThat(reply.status()).isEqualTo(Status.IN_DOUBT);
        assertThat(Objects.requireNonNull(reply.error()).code()).isEqualTo("outcome-unknown");
        assertThat(Objects.requireNonNull(reply.error()).retryable()).isFalse();
    }

    @Test
    void resultOverTheLimit_isFailed_andSaysThatTheToolRan() throws Exception {
        caller.send("{\"id\":\"big\",\"server\":\"tools\",\"tool\":\"big\",\"arguments\":{\"bytes\":1500000}}");

        Reply reply = caller.reply("big");
        assertThat(Objects.requireNonNull(reply.error()).code()).isEqualTo("result-too-large");
        assertThat(Objects.requireNonNull(reply.error()).mayHaveRun()).isEqualTo(MayHaveRun.YES);
    }

    @Test
    void resultBelowTheLimit_passes() throws Exception {
        caller.send("{\"id\":\"large\",\"server\":\"tools\",\"tool\":\"big\",\"arguments\":{\"bytes\":1000000}}");

        assertThat(caller.reply("large").status()).isEqualTo(Status.OK);
    }

    @Test
    void batch_isAnsweredByMember_andClosed() throws Exception {
        caller.send(
                "{\"calls\":[" + echo("m0") + ",{\"id\":\"m1\",\"server\":\"tools\",\"tool\":\"eco\"},"
                        + "{\"id\":\"m2\",\"server\":\"tools\",\"tool\":\"fail\"}]}",
                Caller.header("correlation-id", "batch-1"));

        await().until(() -> caller.closings().stream().anyMatch(CallsTest::isOfBatchOne));
        assertThat(caller.reply("m0").status()).isEqualTo(Status.OK);
        assertThat(caller.reply("m1").status()).isEqualTo(Status.REJECTED);
        assertThat(Objects.requireNonNull(caller.reply("m1").error()).message()).contains("\"echo\"");
        assertThat(caller.reply("m2").status()).isEqualTo(Status.TOOL_ERROR);
        assertThat(caller.closings())
                .filteredOn(CallsTest::isOfBatchOne)
                .singleElement()
                .satisfies(closing -> assertThat(closing.reply().counts())
                        .isEqualTo(Map.of(Status.OK, 1, Status.REJECTED, 1, Status.TOOL_ERROR, 1)));
    }

    private static boolean isOfBatchOne(DecodedReply.Closing closing) {
        return closing.reply().correlationId().equals("batch-1");
    }

    @Test
    void batch_memberWhoseReplyCannotBeWritten_isKeptAndCounted() throws Exception {
        String topic = pipeline.topics().prefix() + "team-small";
        pipeline.cluster().makeTopic(topic, 1, Map.of("max.message.bytes", "100000"));
        caller.alsoReadsRepliesOf(topic);
        String large = "{\"id\":\"l1\",\"server\":\"tools\",\"tool\":\"big\",\"arguments\":{\"bytes\":200000}}";
        caller.send(
                "{\"id\":\"lossy\",\"calls\":[" + echo("l0") + "," + large + "," + echo("l2") + "]}",
                Caller.header("reply-to", topic));

        await().untilAsserted(() -> assertThat(caller.closings())
                .filteredOn(closing -> closing.reply().id().equals("lossy"))
                .singleElement()
                .satisfies(closing ->
                        assertThat(closing.reply().counts()).isEqualTo(Map.of(Status.OK, 2, Status.FAILED, 1))));
        assertThat(Objects.requireNonNull(caller.reply("l1").error()).code()).isEqualTo("result-too-large");
        await().untilAsserted(() -> assertThat(caller.deadLetters())
                .filteredOn(letter -> Arrays.equals(letter.original().value(), large.getBytes(UTF_8)))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.code()).isEqualTo("reply-undeliverable");
                    assertThat(letter.failure().member()).isEqualTo(1);
                }));
    }

    /** Even what is said in place of an answer, and what closes the record, are larger than the topic takes. */
    @Test
    void batch_toATopicSmallerThanWhatIsEchoed_isAnsweredByMemberAndClosed() throws Exception {
        String topic = pipeline.topics().prefix() + "team-tiny";
        pipeline.cluster().makeTopic(topic, 1, Map.of("max.message.bytes", "2000"));
        caller.alsoReadsRepliesOf(topic);
        caller.send(
                "{\"id\":\"tiny\",\"calls\":[" + echo("t0")
                        + ",{\"id\":\"t1\",\"server\":\"tools\",\"tool\":\"big\",\"arguments\":{\"bytes\":200000}}]}",
                Caller.header("reply-to", topic),
                Caller.header("baggage", "note=" + "x".repeat(4_000)));

        await().untilAsserted(() -> assertThat(caller.closings())
                .filteredOn(closing -> closing.reply().id().equals("tiny"))
                .singleElement()
                .satisfies(closing -> assertThat(closing.reply().counts()).isEqualTo(Map.of(Status.FAILED, 2))));
        assertThat(Objects.requireNonNull(caller.reply("t0").error()).code()).isEqualTo("result-too-large");
        assertThat(Objects.requireNonNull(caller.reply("t1").error()).code()).isEqualTo("result-too-large");
    }

    @Test
    void everyCall_isToldInOneEvent() throws Exception {
        caller.send(echo("told"));
        caller.reply("told");

        await().untilAsserted(() -> assertThat(caller.events())
                .filteredOn(event -> event.subject().id().equals("told"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.ending().status()).isEqualTo(Status.OK);
                    assertThat(event.subject().tool()).isEqualTo("echo");
                    assertThat(event.worker()).isEqualTo("w1");
                }));
    }

    @Test
    void committedOffsets_reachTheEnd() throws Exception {
        caller.send(echo("committed"));
        caller.reply("committed");

        await().untilAsserted(() -> assertThat(worker.calls().inFlight()).isZero());
        await().untilAsserted(() -> {
            Map<Integer, Long> committed = pipeline.cluster().committed(pipeline.group());
            Map<Integer, Long> ends = pipeline.cluster().ends(pipeline.topics().calls(), Pipeline.PARTITIONS);
            ends.values().removeIf(end -> end == 0);
            assertThat(committed).containsAllEntriesOf(ends);
        });
    }

    @Test
    void adminEndpoint_saysReadyAndMeasures() throws Exception {
        caller.send(echo("measured"));
        caller.reply("measured");

        await().untilAsserted(() -> {
            assertThat(get("/readyz?verbose").statusCode()).isEqualTo(200);
            assertThat(get("/metrics").body())
                    .contains("messaging_process_duration_seconds_count")
                    .contains("mcp_client_operation_duration_seconds_count")
                    .contains("toolstream_calls_in_flight");
        });
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create(
                "http://127.0.0.1:" + worker.adminAddress().orElseThrow().getPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String echo(String id) {
        return "{\"id\":\"" + id + "\",\"server\":\"tools\",\"tool\":\"echo\",\"arguments\":{\"a\":1}}";
    }
}
