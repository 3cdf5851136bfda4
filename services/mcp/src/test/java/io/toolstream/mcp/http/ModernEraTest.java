package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.RequestMeta;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.ToolRequest;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.ModernTools;
import io.toolstream.testkit.raw.Peer;
import io.toolstream.testkit.raw.RawRequest;
import io.toolstream.testkit.raw.RawServer;
import io.toolstream.testkit.raw.StubTools;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** 2026-07-28 over HTTP, and how the era of a server is found. */
final class ModernEraTest {
    private final McpClient client = McpClient.create(McpClientSettings.DEFAULT);

    @AfterEach
    void close() {
        client.close().join();
    }

    private ToolServer open(RawServer raw) {
        return client.open(new ServerSpec.Http("stub", raw.url(), Map.of()));
    }

    private static ModernTools echo() {
        return new ModernTools((request, peer) -> peer.json(Http.result(request.id(), request.tool())));
    }

    private static ToolRequest request(String tool, String arguments) {
        return new ToolRequest(tool, JsonSlice.ofText(arguments), RequestMeta.NONE, Duration.ofSeconds(20), null);
    }

    @Test
    void call_saysAllThereIsToSayAndOpensNoSession() {
        ModernTools stub = echo();
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);
            RequestMeta meta = new RequestMeta("00-11-22-01", "a=b", "k=v", "key \"1\"");

            ToolResult result = server.call(
                            new ToolRequest("näme", JsonSlice.ofText("{}"), meta, Duration.ofSeconds(20), null))
                    .join();
            server.probe().join();
            String version = server.protocolVersion();
            server.close().join();

            assertThat(version).isEqualTo("2026-07-28");
            assertThat(result.json().text()).isEqualTo(Http.content("näme"));
            assertThat(stub.requests())
                    .extracting(RawRequest::rpc)
                    .containsExactly("server/discover", "tools/call", "server/discover");
            assertThat(stub.requests("tools/call")).singleElement().satisfies(request -> {
                assertThat(request.header("mcp-name")).isEqualTo("=?base64?bsOkbWU=?=");
                assertThat(request.headers()).doesNotContainKey("mcp-session-id");
                assertThat(request.body())
                        .contains("\"traceparent\":\"00-11-22-01\",\"tracestate\":\"a=b\",\"baggage\":\"k=v\"")
                        .contains("\"io.toolstream/idempotencyKey\":\"key \\\"1\\\"\"");
            });
        }
    }

    @Test
    void call_thatIsCancelledOrLate_closesTheStreamAndSaysNothing() {
        AtomicInteger ended = new AtomicInteger();
        ModernTools stub = new ModernTools((request, peer) -> {
            if (peer.awaitEnd()) {
                ended.incrementAndGet();
            }
        });
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);
            CompletableFuture<ToolResult> call = server.call(Calls.request("any"));
            await().untilAsserted(() -> assertThat(stub.requests("tools/call")).hasSize(1));

            call.cancel(true);
            McpException failure = Calls.failure(server.call(Calls.request("any", Duration.ofSeconds(1))));

            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            await().untilAsserted(() -> assertThat(ended).hasValue(2));
            assertThat(stub.requests("notifications/cancelled")).isEmpty();
        }
    }

    @Test
    void requestsOfTheServer_areNotAnswered() {
        ModernTools stub = new ModernTools((request, peer) -> peer.write(Http.sse(
                Http.event("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"),
                Http.event(Http.result(request.id(), "x")))));
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);

            assertThat(Calls.call(server, "any")).isEqualTo(Http.content("x"));
            server.probe().join();

            assertThat(server.anomalies().serverRequests()).isEqualTo(1);
            assertThat(stub.requests()).hasSize(3);
        }
    }

    @Test
    void resultType_decidesWhatAResultIs() {
        ModernTools stub = new ModernTools((request, peer) -> peer.json("{\"jsonrpc\":\"2.0\",\"id\":" + request.id()
                + ",\"result\":{\"resultType\":\"" + request.tool() + "\",\"requestState\":\"s\"}}"));
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);

            assertThat(server.call(Calls.request("complete")).join().type()).isEqualTo(ToolResult.ResultType.COMPLETE);
            ToolResult asking = server.call(Calls.request("input_required")).join();
            assertThat(asking.type()).isEqualTo(ToolResult.ResultType.INPUT_REQUIRED);
            assertThat(asking.json().text()).contains("\"requestState\":\"s\"");
            McpException failure = Calls.failure(server.call(Calls.request("task")));
            assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
            assertThat(failure.delivery()).isEqualTo(Delivery.ANSWERED);
        }
    }

    @Test
    void resumedCall_carriesTheInputAndTheStateInANewRequest() {
        ModernTools stub = echo();
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);
            ToolRequest.Resume resume =
                    new ToolRequest.Resume(JsonSlice.ofText("{\"a\":{\"action\":\"accept\"}}"), "st\"até");

            server.call(new ToolRequest("t", JsonSlice.ofText("{}"), RequestMeta.NONE, Duration.ofSeconds(20), resume))
                    .join();

            assertThat(stub.requests("tools/call").get(0).body())
                    .contains(
                            "\"inputResponses\":{\"a\":{\"action\":\"accept\"}},\"requestState\":\"st\\\"até\",\"_meta\"");
        }
    }

    private static String list(RawRequest request, String... tools) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + ",\"result\":{\"tools\":[" + String.join(",", tools)
                + "]}}";
    }

    private static String tool(String name, String properties) {
        return "{\"name\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\",\"properties\":{" + properties + "}}}";
    }

    private static void regional(RawRequest request, Peer peer) throws IOException {
        if (request.rpc().equals("tools/list")) {
            peer.json(list(
                    request,
                    tool("t", "\"r\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"}"),
                    tool("broken", "\"r\":{\"type\":\"number\",\"x-mcp-header\":\"R\"}")));
        } else if (request.header("mcp-param-region").isEmpty()) {
            peer.write(Http.json(400, Http.error(String.valueOf(request.id()), -32020, "header mismatch")));
        } else {
            peer.json(Http.result(request.id(), request.header("mcp-param-region")));
        }
    }

    @Test
    void markedArguments_areSaidInFields() {
        try (RawServer raw = new RawServer(new ModernTools(ModernEraTest::regional))) {
            ToolServer server = open(raw);

            assertThat(server.listTools().join())
                    .extracting(ToolDefinition::name)
                    .containsExactly("t");
            assertThat(server.anomalies().droppedTools()).isEqualTo(1);
            assertThat(server.call(request("t", "{\"r\":\"eu-1\"}"))
                            .join()
                            .json()
                            .text())
                    .isEqualTo(Http.content("eu-1"));
        }
    }

    @Test
    void markedArguments_ofAToolNeverSeen_areLearnedFromTheRefusal() {
        ModernTools stub = new ModernTools(ModernEraTest::regional);
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);

            assertThat(server.call(request("t", "{\"r\":\"é\"}")).join().json().text())
                    .isEqualTo(Http.content("=?base64?w6k=?="));
            assertThat(stub.requests("tools/call")).hasSize(2);

            // Without the argument nothing helps: no endless repair.
            McpException failure = Calls.failure(server.call(request("t", "{}")));
            assertThat(failure.rpcCode()).isEqualTo(-32020);
        }
    }

    /** A server of sessions whose answer to the question is given. */
    private static RawServer.Script answeringDiscover(StubTools stub, String answer) {
        return peer -> {
            for (RawRequest request = peer.read(); request != null; request = peer.read()) {
                if (request.rpc().equals("server/discover")) {
                    peer.write(answer);
                } else {
                    stub.answer(request, peer);
                }
            }
        };
    }

    static Stream<String> answersOfServersWithSessions() {
        return Stream.of(
                Http.json(400, ""),
                Http.json(400, Http.error("null", -32000, "Bad Request: Server not initialized")),
                Http.json(
                        400,
                        Http.error("null", -32000, "Unsupported protocol version: 2026-07-28 (supported versions: x)")),
                Http.json(200, Http.error("1", -32601, "Method not found")),
                Http.response(404, "text/html", "", "<html>"),
                Http.response(405, "text/plain", "Allow: GET\r\n", ""),
                Http.response(406, "text/plain", "", "Not Acceptable"),
                Http.json(500, ""),
                "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n",
                Http.json(
                        400,
                        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32022,\"message\":\"\",\"data\":{\"supported\":[\"2025-11-25\"]}}}"));
    }

    @ParameterizedTest
    @MethodSource("answersOfServersWithSessions")
    void serverWithSessions_isFoundOutAndAskedOnlyOnce(String answer) {
        StubTools stub = StubTools.echo();
        AtomicInteger questions = new AtomicInteger();
        RawServer.Script script = answeringDiscover(stub, answer);
        try (RawServer raw = new RawServer(peer -> {
            questions.incrementAndGet();
            script.talk(peer);
        })) {
            ToolServer server = open(raw);

            Calls.call(server, "one");
            stub.newSessions("session-2");
            assertThat(Calls.call(server, "two")).isEqualTo(Http.content("two"));

            assertThat(stub.requests("initialize")).hasSize(1);
            assertThat(stub.requests("server/discover")).isEmpty();
        }
    }

    static Stream<Arguments> answersWithoutEvidence() {
        return Stream.of(
                Arguments.of(Http.json(401, ""), Kind.UNAUTHORIZED),
                Arguments.of(Http.json(403, Http.error("null", -32000, "no")), Kind.UNAUTHORIZED),
                Arguments.of(Http.json(429, ""), Kind.RATE_LIMITED),
                Arguments.of(Http.json(503, ""), Kind.SERVER_ERROR),
                Arguments.of(
                        Http.json(
                                400,
                                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32022,\"message\":\"\",\"data\":{\"supported\":[\"2099-01-01\"]}}}"),
                        Kind.PROTOCOL));
    }

    @ParameterizedTest
    @MethodSource("answersWithoutEvidence")
    void serverThatSaysNothingAboutItsEra_isNotInitialized(String answer, Kind kind) {
        StubTools stub = StubTools.echo();
        try (RawServer raw = new RawServer(answeringDiscover(stub, answer))) {
            McpException failure = Calls.failure(open(raw).call(Calls.request("any")));

            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
            assertThat(stub.requests("initialize")).isEmpty();
        }
    }

    @Test
    void serverThatRefusesTheFirstVersionButKnowsOurs_isModern() {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        ModernTools stub = echo();
        try (RawServer raw = new RawServer(peer -> {
            if (isFirst.getAndSet(false)) {
                peer.read();
                peer.write(
                        Http.json(
                                400,
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32022,\"message\":\"\",\"data\":{\"supported\":[\"2026-07-28\"]}}}"));
            }
            stub.talk(peer);
        })) {
            assertThat(Calls.call(open(raw), "any")).isEqualTo(Http.content("any"));
        }
    }

    @Test
    void serverThatIsRolledBackAndUpgraded_isFoundOutAgain() {
        AtomicBoolean isModern = new AtomicBoolean(true);
        ModernTools modern = echo();
        StubTools legacy = StubTools.echo();
        try (RawServer raw = new RawServer(peer -> {
            for (RawRequest request = peer.read(); request != null; request = peer.read()) {
                if (isModern.get()) {
                    modern.answer(request, peer);
                } else if (request.headers().containsKey("mcp-method")) {
                    peer.write(Http.json(400, Http.error("null", -32000, "Bad Request: Server not initialized")));
                } else {
                    legacy.answer(request, peer);
                }
            }
        })) {
            ToolServer server = open(raw);
            assertThat(Calls.call(server, "new")).isEqualTo(Http.content("new"));

            isModern.set(false);
            assertThat(Calls.call(server, "old")).isEqualTo(Http.content("old"));
            assertThat(legacy.requests("initialize")).hasSize(1);

            isModern.set(true);
            assertThat(Calls.call(server, "newer")).isEqualTo(Http.content("newer"));
        }
    }

    @Test
    void serverThatRefusesParametersWith400_isDoubtedOnlyOnce() {
        StubTools stub = new StubTools((request, peer) ->
                peer.write(Http.json(400, Http.error(String.valueOf(request.id()), -32602, "no such tool"))));
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);

            for (int i = 0; i < 5; i++) {
                assertThat(Calls.failure(server.call(Calls.request("any"))).kind())
                        .isEqualTo(Kind.INVALID_PARAMS);
            }

            assertThat(stub.requests("initialize")).hasSize(2);
        }
    }
}
