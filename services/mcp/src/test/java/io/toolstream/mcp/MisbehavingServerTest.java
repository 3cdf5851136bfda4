package io.toolstream.mcp;

import static io.toolstream.testkit.Delivery.closeAfterPieces;
import static io.toolstream.testkit.Delivery.closeBeforeHead;
import static io.toolstream.testkit.Delivery.drip;
import static io.toolstream.testkit.Delivery.endless;
import static io.toolstream.testkit.Delivery.hangAfterHead;
import static io.toolstream.testkit.Delivery.hangAt;
import static io.toolstream.testkit.Delivery.thenClose;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.McpClientSettings.TimeLimits;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ToolResult.ResultType;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.Accepting;
import io.toolstream.testkit.Answer;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.Counted;
import io.toolstream.testkit.Framing;
import io.toolstream.testkit.IdEcho;
import io.toolstream.testkit.ReceivedCall;
import io.toolstream.testkit.ScriptedTool;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.testkit.ServerOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripted server misbehaves over HTTP; what the client makes of it. The rows are those of {@code docs/mcp-failures.md}. */
final class MisbehavingServerTest {
    private static final String MODERN = "2026-07-28";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":\"s-1\",\"method\":\"ping\"}";
    private static final String SAMPLING =
            "{\"jsonrpc\":\"2.0\",\"id\":\"s-2\",\"method\":\"sampling/createMessage\",\"params\":{}}";
    private static final TimeLimits SHORT = new TimeLimits(
            Duration.ofMillis(500),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));

    private final McpClient client = McpClient.create(McpClientSettings.DEFAULT.withTimes(SHORT));
    private ScriptedToolServer scripted = ScriptedToolServer.start();

    @AfterEach
    void close() {
        client.close().join();
        scripted.close();
    }

    private ToolServer open() {
        return client.open(new ServerSpec.Http("scripted", scripted.url(), Map.of()));
    }

    private ToolServer open(ServerOptions options) {
        scripted.close();
        scripted = ScriptedToolServer.start(options);
        return open();
    }

    private ToolServer modern() {
        return open(ServerOptions.defaults().withProtocolVersion(MODERN));
    }

    private McpException failure(ToolServer server, Behaviour behaviour) {
        scripted.script("echo", behaviour);
        return Calls.failure(server.call(Calls.request("echo")));
    }

    private static void assertAnswered(ToolServer server) {
        assertThat(Calls.call(server, "echo")).contains("{\\\"n\\\":1}");
    }

    @Test
    void m1_sessionThatIsForgotten_isMadeAgainOnce() {
        ToolServer server = open(ServerOptions.defaults().withSessions());
        assertAnswered(server);

        scripted.expireSessions();

        assertAnswered(server);
        assertThat(scripted.count(Counted.SESSIONS)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-06-18", MODERN})
    void m2_unknownMethodWith404_isAnAnswer(String version) {
        ToolServer server = open(ServerOptions.defaults().withSessions().withProtocolVersion(version));
        String body = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32601,\"message\":\"no such method\"}}";

        McpException failure = failure(server, Behaviour.framed(Framing.status(404, JSON, body)));

        assertThat(failure.rpcCode()).isEqualTo(-32601);
        assertThat(scripted.count(Counted.CALL)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", MODERN})
    void m3_versionOfTheServer_isFoundOutWithoutSideEffects(String version) {
        ToolServer server = open(ServerOptions.defaults().withProtocolVersion(version));

        assertAnswered(server);

        assertThat(server.protocolVersion()).isEqualTo(version);
        assertThat(scripted.count(Counted.INITIALIZE)).isEqualTo(version.equals(MODERN) ? 0 : 1);
    }

    @Test
    void m4_streamThatIsCut_isTakenUpAgain_orFailsAtOnce() {
        ToolServer server = open();
        Behaviour cut = Behaviour.delivered(closeAfterPieces(2));

        scripted.script("echo", cut.with(Framing.events().withIds()));
        assertAnswered(server);
        assertThat(scripted.count(Counted.RESUMED)).isEqualTo(1);

        McpException failure = failure(server, cut.with(Framing.events().withComments(1)));
        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
    }

    @Test
    void m5_cancel_reachesTheServerInItsErasWay() {
        cancelOne(open());
        await().untilAsserted(
                        () -> assertThat(scripted.count(Counted.CANCELLED)).isEqualTo(1));

        cancelOne(modern());
        await().untilAsserted(
                        () -> assertThat(scripted.count(Counted.ABANDONED)).isEqualTo(1));
        assertThat(scripted.count(Counted.CANCELLED)).isZero();
    }

    private void cancelOne(ToolServer server) {
        scripted.script("echo", Behaviour.never());
        CompletableFuture<ToolResult> call = server.call(Calls.request("echo"));
        await().until(() -> scripted.count(Counted.CALL) == 1);
        call.cancel(true);
    }

    @Test
    void m6_callThatIsNeverAnswered_timesOutAndTheServerIsTold() {
        ToolServer server = open();
        scripted.script("echo", Behaviour.never());

        McpException failure = Calls.failure(server.call(Calls.request("echo", Duration.ofMillis(200))));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        await().untilAsserted(
                        () -> assertThat(scripted.count(Counted.CANCELLED)).isEqualTo(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"WRONG", "TEXT"})
    void m8_answerToAnotherId_isNotTheAnswer(IdEcho echo) {
        McpException failure = failure(open(), Behaviour.normal().with(echo));

        assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
    }

    @Test
    void m8_answerThatComesTwice_harmsNobody() {
        ToolServer server = open();
        scripted.script("echo", Behaviour.normal().with(IdEcho.TWICE).with(Framing.events()));

        for (int i = 0; i < 20; i++) {
            assertAnswered(server);
        }
    }

    /** HTTP/1.1 has no way to tell it from the next one's, but for the id. */
    @Test
    void m8_responseThatComesTwice_isNeverTakenForAnother() {
        ToolServer server = open();
        scripted.script("echo", Behaviour.normal().with(IdEcho.TWICE));

        for (int i = 0; i < 50; i++) {
            String text = "t" + i + "!";
            ToolResult result = server.call(new ToolRequest(
                            "echo",
                            JsonSlice.ofText("{\"text\":\"" + text + "\"}"),
                            RequestMeta.NONE,
                            Duration.ofSeconds(10),
                            null))
                    .exceptionally(failure -> null)
                    .join();
            assertThat(result == null || result.json().text().contains(text)).isTrue();
        }
    }

    @Test
    void m9_answersInAnotherOrder_areMatched() {
        ToolServer server = open();
        AtomicInteger turn = new AtomicInteger();
        scripted.script("echo", call -> Behaviour.delayed(Duration.ofMillis(200 - 20 * turn.getAndIncrement())));

        List<CompletableFuture<ToolResult>> all = Stream.iterate(0, i -> i + 1)
                .limit(10)
                .map(i -> server.call(new ToolRequest(
                        "echo",
                        JsonSlice.ofText("{\"text\":\"t" + i + "!\"}"),
                        RequestMeta.NONE,
                        Duration.ofSeconds(10),
                        null)))
                .toList();

        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).join().json().text()).contains("t" + i + "!");
        }
    }

    @Test
    void m10_ids_areNeverUsedTwice() {
        ToolServer server = open();

        for (int i = 0; i < 50; i++) {
            assertAnswered(server);
        }

        assertThat(scripted.calls())
                .extracting(ReceivedCall::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[1-9][0-9]{0,15}"));
    }

    @Test
    void m11_requestsOfTheServer_areAnswered() {
        ToolServer server = open();
        scripted.script("echo", Behaviour.preceded(PING, SAMPLING));

        assertAnswered(server);

        await().untilAsserted(() -> assertThat(scripted.clientAnswers())
                .anySatisfy(answer -> assertThat(answer).contains("\"s-1\"").contains("\"result\":{}"))
                .anySatisfy(answer -> assertThat(answer).contains("\"s-2\"").contains("-32601")));
    }

    @Test
    void m12_inTheModernEra_requestsAreIgnored_inputIsAskedBack_otherTypesAreABreach() {
        ToolServer server = modern();

        scripted.script("echo", Behaviour.preceded(PING));
        assertAnswered(server);
        assertThat(scripted.clientAnswers()).isEmpty();

        String question = "{\"name\":{\"method\":\"elicitation/create\",\"params\":{\"message\":\"Who?\"}}}";
        scripted.script("echo", Behaviour.answering(Answer.inputRequired(question, "s")));
        assertThat(server.call(Calls.request("echo")).join().type()).isEqualTo(ResultType.INPUT_REQUIRED);

        McpException failure =
                failure(server, Behaviour.answering(Answer.result("{\"resultType\":\"never-heard-of\"}")));
        assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
    }

    @Test
    void m13_serverThatGoesAndComesBack_isConnectedAgain() {
        ToolServer server = open();
        assertAnswered(server);

        scripted.become(Accepting.REFUSED);
        scripted.dropConnections();
        await().until(() -> server.stats().idle() == 0);
        McpException failure = Calls.failure(server.call(Calls.request("echo")));
        assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);

        scripted.become(Accepting.NORMAL);
        assertAnswered(server);
    }

    @Test
    void m22_resultOverTheLimit_isRefused() {
        ToolServer server = open();
        scripted.script("echo", Behaviour.answering(Answer.text("x".repeat(2 << 20))));
        assertThat(Calls.failure(server.call(Calls.request("echo"))).kind()).isEqualTo(Kind.RESULT_TOO_LARGE);

        byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(UTF_8);
        scripted.script("echo", Behaviour.framed(Framing.events()).with((pieces, pause, wire) -> {
            wire.write(pieces.get(0));
            endless(0, chunk).send(List.of(), pause, wire);
        }));
        assertThat(Calls.failure(server.call(Calls.request("echo"))).kind()).isEqualTo(Kind.RESULT_TOO_LARGE);
    }

    static Stream<Answer> malformed() {
        return Stream.of(
                Answer.result("{\"content\":" + "[".repeat(300) + "]".repeat(300) + "}"),
                Answer.message("{\"jsonrpc\":\"2.0\",\"id\":$ID,\"id\":$ID,\"result\":{\"content\":[]}}"),
                Answer.message("{\"jsonrpc\":\"2.0\",\"ID\":$ID,\"result\":{\"content\":[]}}"),
                Answer.message("{\"jsonrpc\":\"2.0\",\"id\":$ID,\"result\":{\"content\":[]}"),
                Answer.message("{\"jsonrpc\":\"2.0\",\"id\":$ID}"),
                Answer.message("\u0000"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void m23_whatIsNoMessage_isABreach(Answer answer) {
        McpException failure = failure(open(), Behaviour.answering(answer));

        assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
    }

    static Stream<Arguments> wrongBodies() {
        return Stream.of(
                Arguments.of(Framing.body("text/html", message -> "<html>" + message), "text/html"),
                Arguments.of(Framing.body("application/json", message -> ""), "no content"),
                Arguments.of(Framing.status(202), "HTTP 202"),
                Arguments.of(Framing.status(204), "HTTP 204"));
    }

    @ParameterizedTest
    @MethodSource("wrongBodies")
    void m24_wrongMediaTypeOrNoBody_isABreach(Framing framing, String words) {
        McpException failure = failure(open(), Behaviour.framed(framing));

        assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(failure).hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void m25_redirects_areNotFollowed(int status) {
        try (ScriptedToolServer other = ScriptedToolServer.start()) {
            String location = other.url().toString();

            McpException failure =
                    failure(open(), Behaviour.framed(Framing.status(status, Map.of("Location", location), "")));

            assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
            assertThat(other.count(Counted.SOCKETS)).isZero();
        }
    }

    static Stream<Behaviour> slow() {
        return Stream.of(
                Behaviour.delivered(hangAt(0)),
                Behaviour.delivered(hangAfterHead()),
                Behaviour.delivered(hangAt(150)),
                Behaviour.delivered(drip(1, Duration.ofMillis(20))),
                Behaviour.framed(Framing.events().withComments(1000).withPause(Duration.ofMillis(20))));
    }

    @ParameterizedTest
    @MethodSource("slow")
    void m26_slowAnswers_areEndedByALimit(Behaviour behaviour) {
        ToolServer server = open();
        server.probe().join();
        scripted.script("echo", behaviour);

        McpException failure = Calls.failure(server.call(Calls.request("echo", Duration.ofSeconds(1))));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
    }

    @Test
    void m26_serverThatAcceptsAndSaysNothing_isEndedByALimit() {
        ToolServer server = open();
        scripted.become(Accepting.SILENT);

        McpException failure = Calls.failure(server.call(Calls.request("echo", Duration.ofSeconds(1))));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
    }

    @Test
    void m27_connectionThatIsClosedAtItsNextRequest_mayHaveRunIt() {
        ToolServer server = open();
        scripted.script("add", Behaviour.delivered(closeBeforeHead()));
        assertAnswered(server);

        McpException failure = Calls.failure(server.call(Calls.request("add")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
    }

    @Test
    void m27_connectionThatIsClosedUnannounced_isReplaced() {
        ToolServer server = open();
        scripted.script("echo", Behaviour.delivered(thenClose()));
        assertAnswered(server);
        await().until(() -> server.stats().idle() == 0);
        scripted.closeIdleAfter(Duration.ofMillis(30));
        scripted.script("echo", Behaviour.normal());

        assertAnswered(server);
        await().until(() -> server.stats().idle() == 0);
        assertAnswered(server);
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                Arguments.of(429, Map.of("Retry-After", "3"), Kind.RATE_LIMITED, 3L),
                Arguments.of(429, Map.of("Retry-After", "-3"), Kind.RATE_LIMITED, 0L),
                Arguments.of(429, Map.of("Retry-After", "soon"), Kind.RATE_LIMITED, null),
                Arguments.of(429, Map.of("Retry-After", "315360000"), Kind.RATE_LIMITED, 3600L),
                Arguments.of(429, Map.of(), Kind.RATE_LIMITED, null),
                Arguments.of(503, Map.of("Retry-After", "3"), Kind.RATE_LIMITED, 3L),
                Arguments.of(503, Map.of(), Kind.SERVER_ERROR, null),
                Arguments.of(500, Map.of(), Kind.SERVER_ERROR, null));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void m31_limitsOfTheServer_areToldWithASaneWait(int status, Map<String, String> headers, Kind kind, Long seconds) {
        McpException failure = failure(open(), Behaviour.framed(Framing.status(status, headers, "")));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.retryAfter()).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void m32_refusal_isSaidOnceAndNotTriedAgain(int status) {
        McpException failure =
                failure(open(), Behaviour.framed(Framing.status(status, Map.of("WWW-Authenticate", "Bearer"), "")));

        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(scripted.count(Counted.CALL)).isEqualTo(1);
    }

    @Test
    void m33_toolsThatChange_andListsThatNeverEnd_areSeen() {
        ToolServer server = open();
        ToolCatalogue before = server.catalogue().join();
        scripted.remove("add");
        assertThat(CatalogueDrift.between(before, server.catalogue().join()).removed())
                .containsExactly("add");

        scripted.scriptMethod(
                "tools/list", Behaviour.answering(Answer.result("{\"tools\":[],\"nextCursor\":\"again\"}")));
        assertThat(server.catalogue().join().isComplete()).isFalse();
        assertThat(scripted.count(Counted.LIST)).isLessThan(10);
    }

    @Test
    void m34_invalidTool_isLeftOutWithTheReason() {
        ToolServer server = open();
        scripted.add(new ScriptedTool(
                "bad", "{\"name\":\"bad\",\"inputSchema\":\"none\"}", (json, wanted) -> Answer.never()));

        ToolCatalogue catalogue = server.catalogue().join();

        assertThat(catalogue.tools())
                .extracting(ToolDefinition::name)
                .contains("echo")
                .doesNotContain("bad");
        assertThat(catalogue.dropped())
                .singleElement()
                .satisfies(tool -> assertThat(tool.toString()).contains("bad"));
    }

    @Test
    void m35_headersAndBody_sayTheSame_andARefusalIsNoLoop() {
        ToolServer server = modern();
        scripted.add(ScriptedTool.of("größe", "{\"type\":\"object\"}", (json, wanted) -> Answer.text("measured")));
        assertThat(Calls.call(server, "größe")).contains("measured");

        String body = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32020,\"message\":\"mismatch\"}}";
        McpException failure = failure(server, Behaviour.framed(Framing.status(400, JSON, body)));

        assertThat(failure.rpcCode()).isEqualTo(-32020);
        assertThat(scripted.calls().stream().filter(call -> call.tool().equals("echo")))
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void m36_standingStream_isOpenedOnceForWhoListens_andClosed() {
        ToolServer server = open(ServerOptions.defaults().withSessions());
        scripted.offerStreams();
        AtomicInteger stale = new AtomicInteger();
        assertAnswered(server);
        assertThat(scripted.count(Counted.STREAMS)).isZero();

        server.watch(new CatalogueListener() {
            @Override
            public void onStale() {
                stale.incrementAndGet();
            }
        });
        await().until(() -> scripted.openStreams() == 1);
        scripted.announce("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");

        await().untilAsserted(() -> assertThat(stale).hasPositiveValue());
        server.close().join();
        await().untilAsserted(() -> assertThat(scripted.openStreams()).isZero());
        assertThat(scripted.count(Counted.STREAMS)).isEqualTo(1);
    }

    @Test
    void m36_subscription_isOpenedOnceForWhoListens_andClosed() {
        ToolServer server = modern();
        AtomicInteger stale = new AtomicInteger();
        assertAnswered(server);

        server.watch(new CatalogueListener() {
            @Override
            public void onStale() {
                stale.incrementAndGet();
            }
        });
        await().until(() -> scripted.openStreams() == 1);
        scripted.announce("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");

        await().untilAsserted(() -> assertThat(stale).hasPositiveValue());
        server.close().join();
        await().untilAsserted(() -> assertThat(scripted.openStreams()).isZero());
        assertThat(scripted.count(Counted.STREAMS)).isEqualTo(1);
    }

    @Test
    void m37_noticesOfNothing_areCounted() {
        ToolServer server = open();
        String stray = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{"
                + "\"progressToken\":987654,\"progress\":1}}";
        scripted.script(
                "echo",
                Behaviour.preceded(Stream.generate(() -> stray).limit(100).toArray(String[]::new)));

        assertAnswered(server);

        assertThat(server.anomalies().strayNotices()).isEqualTo(100);
    }

    static Stream<Framing> events() {
        return Stream.of(
                Framing.body("text/event-stream", message -> "data: " + message.replace(",\"", ",\ndata: \"") + "\n\n"),
                Framing.body("text/event-stream", message -> "\uFEFF: c\r\rretry: -1\rdata:" + message + "\r\r"),
                Framing.body(
                        "text/event-stream",
                        message -> "event: other\r\ndata: x\r\n\r\nunknown: y\r\ndata: " + message + "\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void m38_eventsWrittenInAnyWay_areRead(Framing framing) {
        ToolServer server = open();
        scripted.script("echo", Behaviour.framed(framing));
        assertAnswered(server);

        scripted.script("echo", Behaviour.framed(framing).with(drip(1, Duration.ofNanos(10_000))));
        assertAnswered(server);
    }

    @Test
    void m39_errorOfATool_isAResult_errorOfTheProtocolAFailure() {
        ToolServer server = open();
        scripted.script("echo", Behaviour.answering(Answer.toolError("no")));
        assertThat(server.call(Calls.request("echo")).join().isError()).isTrue();

        McpException failure = failure(server, Behaviour.answering(Answer.failure(-32603, "no")));
        assertThat(failure.kind()).isEqualTo(Kind.SERVER_ERROR);
        assertThat(failure.delivery()).isEqualTo(Delivery.ANSWERED);
    }

    @Test
    void m40_resultThatBreaksItsSchema_isCountedOrAFailure() {
        String schema = "{\"type\":\"object\",\"required\":[\"sum\"]}";
        scripted.add(new ScriptedTool(
                "sum",
                "{\"name\":\"sum\",\"inputSchema\":{\"type\":\"object\"},\"outputSchema\":" + schema + "}",
                (json, wanted) -> Answer.structured("3", "{\"total\":3}")));
        boolean[] isStrict = {false};
        ResultCheck check = (name, tool, result) ->
                result.text().contains("\"sum\":") ? null : new ResultCheck.Finding(tool + " lacks /sum", isStrict[0]);
        McpClient checking = McpClient.create(McpClientSettings.DEFAULT, ClientOffers.NONE.withResults(check));
        ToolServer server = checking.open(new ServerSpec.Http("scripted", scripted.url(), Map.of()));

        assertThat(Calls.call(server, "sum")).contains("\"total\":3");
        assertThat(server.anomalies().badResults()).isEqualTo(1);

        isStrict[0] = true;
        McpException failure = Calls.failure(server.call(Calls.request("sum")));
        assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(failure.delivery()).isEqualTo(Delivery.ANSWERED);
        assertThat(failure).hasMessageContaining("sum lacks /sum");
        // What failed has no structure to check.
        assertThat(server.call(Calls.request("fail")).join().isError()).isTrue();
        checking.close().join();
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "RESET", "RESET_ON_BYTES"})
    void m41_connectionThatCannotBeHad_isNotSentUnlessBytesWere(Accepting accepting) {
        ToolServer server = open();
        assertAnswered(server);
        scripted.dropConnections();
        await().until(() -> server.stats().idle() == 0);
        scripted.become(accepting);

        McpException failure = Calls.failure(server.call(Calls.request("echo")));

        assertThat(failure.kind()).isIn(Kind.CONNECT, Kind.CONNECTION_LOST);
        if (accepting == Accepting.REFUSED) {
            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        }
        scripted.become(Accepting.NORMAL);
        assertAnswered(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "ws"})
    void m41_connectLimit_holdsWhereNothingIsEverSaid(String scheme) {
        scripted.become(Accepting.SILENT);
        URI url = URI.create(scheme + "://127.0.0.1:" + scripted.port() + "/mcp");
        ServerSpec spec = scheme.equals("ws")
                ? new ServerSpec.WebSocket("silent", url, Map.of())
                : new ServerSpec.Http("silent", url, Map.of(), ServerSpec.Http2.ALWAYS);
        long startNanos = System.nanoTime();

        McpException failure = Calls.failure(client.open(spec).call(Calls.request("echo")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void m42_serverThatIsUpgradedAndRolledBack_isFoundOutAgain() {
        ToolServer server = open();
        assertAnswered(server);

        scripted.speak(MODERN);
        assertAnswered(server);
        assertThat(server.protocolVersion()).isEqualTo(MODERN);

        scripted.speak("2025-06-18");
        assertAnswered(server);
        assertThat(server.protocolVersion()).isEqualTo("2025-06-18");
    }
}
