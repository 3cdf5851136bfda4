package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.Pause;
import io.toolstream.testkit.raw.RawServer;
import io.toolstream.testkit.raw.StubTools;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may answer to one call, and what we make of it. */
final class HttpAnswerTest {
    private final McpClient client = McpClient.create(McpClientSettings.DEFAULT);

    @AfterEach
    void close() {
        client.close().join();
    }

    private ToolServer open(RawServer raw) {
        return client.open(new ServerSpec.Http("stub", raw.url(), Map.of()));
    }

    /** The result of a call that is answered with these bytes, made of the request's id. */
    private String result(LongFunction<String> answer) {
        try (RawServer raw = answering(answer)) {
            return Calls.call(open(raw), "any");
        }
    }

    private McpException failure(LongFunction<String> answer) {
        try (RawServer raw = answering(answer)) {
            return Calls.failure(open(raw).call(Calls.request("any")));
        }
    }

    private static RawServer answering(LongFunction<String> answer) {
        return new RawServer(new StubTools((request, peer) -> peer.write(answer.apply(request.id()))));
    }

    @Test
    void eventStream_withCommentsNoticesAndPrimer_givesTheAnswer() {
        String result = result(id -> Http.sse(
                ": keep-alive\n\n",
                "id: 1\nretry: 500\ndata:\n\n",
                Http.event("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progress\":1}}"),
                Http.event(Http.result(id + 1000, "stray")),
                "event: message\ndata: {\"jsonrpc\":\"2.0\",\ndata: \"id\":" + id + ",\"result\":{}}\n\n"));

        assertThat(result).isEqualTo("{}");
    }

    @Test
    void eventStream_isReusedAfterItsEnd() {
        StubTools stub = new StubTools(
                (request, peer) -> peer.write(Http.sse(Http.event(Http.result(request.id(), request.tool())))));
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);

            for (int i = 0; i < 100; i++) {
                assertThat(Calls.call(server, "t" + i)).isEqualTo(Http.content("t" + i));
            }

            assertThat(raw.accepted()).isEqualTo(1);
        }
    }

    @Test
    void eventStream_withRequestsOfTheServer_getsThemAnswered() {
        StubTools stub = new StubTools((request, peer) -> {
            peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            peer.write(Http.chunk(Http.event("{\"jsonrpc\":\"2.0\",\"id\":\"p1\",\"method\":\"ping\"}")));
            peer.write(Http.chunk(
                    Http.event("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"sampling/createMessage\",\"params\":{}}")));
            Pause.millis(200);
            peer.write(Http.chunk(Http.event(Http.result(request.id(), "done"))) + "0\r\n\r\n");
        });
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);

            assertThat(Calls.call(server, "any")).isEqualTo(Http.content("done"));

            await().untilAsserted(() -> assertThat(stub.requests(""))
                    .anySatisfy(answer ->
                            assertThat(answer.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"p1\",\"result\":{}}"))
                    .anySatisfy(answer -> assertThat(answer.body())
                            .startsWith("{\"jsonrpc\":\"2.0\",\"id\":9,\"error\":{\"code\":-32601")));
            assertThat(server.anomalies().serverRequests()).isEqualTo(2);
        }
    }

    static Stream<Arguments> forms() {
        LongFunction<String> json = id -> Http.json(200, Http.result(id, "é"));
        LongFunction<String> chunked = id ->
                "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + Http.chunk(Http.result(id, "é").substring(0, 10))
                        + Http.chunk(Http.result(id, "é").substring(10))
                        + "0\r\n\r\n";
        LongFunction<String> stream = id -> Http.sse(": c\n\n", Http.event(Http.result(id, "é")));
        return Stream.of(Arguments.of("json", json), Arguments.of("chunked", chunked), Arguments.of("stream", stream));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void answer_cutIntoTwoAtEveryByte_isTheSame(String form, LongFunction<String> answer) {
        AtomicInteger cut = new AtomicInteger();
        try (RawServer raw = new RawServer(new StubTools((request, peer) -> {
            byte[] bytes = answer.apply(request.id()).getBytes(StandardCharsets.UTF_8);
            peer.write(Arrays.copyOf(bytes, Math.min(cut.get(), bytes.length)));
            Pause.micros(300);
            peer.write(Arrays.copyOfRange(bytes, Math.min(cut.get(), bytes.length), bytes.length));
        }))) {
            ToolServer server = open(raw);
            int length = answer.apply(100).getBytes(StandardCharsets.UTF_8).length;
            for (int i = 0; i < length; i++) {
                cut.set(i);
                assertThat(Calls.call(server, "any"))
                        .as("%s cut at %d", form, i)
                        .isEqualTo(Http.content("é"));
            }
            // A stream may end a little after its answer, when the next call is on its way already.
            assertThat(raw.accepted()).isLessThanOrEqualTo(10);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void connection_brokenAtEveryByteOfTheAnswer_failsTheCallAsPerhapsRun(String form, LongFunction<String> answer) {
        for (boolean isReset : List.of(true, false)) {
            AtomicInteger cut = new AtomicInteger();
            try (RawServer raw = new RawServer(new StubTools((request, peer) -> {
                byte[] bytes = answer.apply(request.id()).getBytes(StandardCharsets.UTF_8);
                peer.write(Arrays.copyOf(bytes, cut.get()));
                if (isReset) {
                    peer.reset();
                } else {
                    peer.close();
                }
            }))) {
                ToolServer server = open(raw);
                int complete = answer.apply(1).indexOf("\r\n0\r\n");
                int end =
                        complete < 0 || form.equals("chunked") ? answer.apply(1).length() : complete - 1;
                for (int i = 0; i < end; i++) {
                    cut.set(i);
                    McpException failure = Calls.failure(server.call(Calls.request("any")));
                    assertThat(failure.kind()).as("%s broken at %d", form, i).isEqualTo(Kind.CONNECTION_LOST);
                    assertThat(failure.delivery())
                            .as("%s broken at %d", form, i)
                            .isEqualTo(Delivery.MAYBE);
                }
            }
        }
    }

    @Test
    void result_overTheLimit_isRefusedHoweverItComes() {
        String large = "x".repeat(1 << 20);

        assertThat(failure(id ->
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n")
                        .kind())
                .isEqualTo(Kind.RESULT_TOO_LARGE);
        assertThat(failure(id -> Http.json(200, Http.result(id, large))).kind()).isEqualTo(Kind.RESULT_TOO_LARGE);
        assertThat(failure(id ->
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + Http.chunk(Http.result(id, large)).repeat(3))
                        .kind())
                .isEqualTo(Kind.RESULT_TOO_LARGE);
        assertThat(failure(id -> Http.sse(Http.event(Http.result(id, large)))).kind())
                .isEqualTo(Kind.RESULT_TOO_LARGE);
        assertThat(failure(id -> Http.sse(Http.event(Http.result(id, large + large))))
                        .kind())
                .isEqualTo(Kind.RESULT_TOO_LARGE);
    }

    @Test
    void result_atTheLimit_isGiven() {
        String text = "x".repeat((1 << 20) - Http.content("").length());

        assertThat(result(id -> Http.json(200, Http.result(id, text)))).isEqualTo(Http.content(text));
        assertThat(result(id -> Http.sse(Http.event(Http.result(id, text))))).isEqualTo(Http.content(text));
    }

    static Stream<Arguments> breaches() {
        return Stream.of(
                Arguments.of(Http.response(200, "text/html", "", "<html>"), "text/html"),
                Arguments.of(Http.response(200, "text/plain", "", "{}"), "text/plain"),
                Arguments.of(Http.json(200, ""), "no content"),
                Arguments.of(Http.json(200, "{}"), "no JSON-RPC"),
                Arguments.of(Http.json(200, "{"), "not JSON"),
                Arguments.of(Http.json(200, Http.result(4711, "x")), "another request"),
                Arguments.of(Http.json(200, "{\"jsonrpc\":\"2.0\",\"method\":\"x\"}"), "another request"),
                Arguments.of(Http.sse(), "without the answer"),
                Arguments.of(Http.sse(Http.event("nonsense")), "not JSON"),
                Arguments.of("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", "HTTP 202"),
                Arguments.of("HTTP/1.1 204 No Content\r\n\r\n", "HTTP 204"),
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "HTTP 200"),
                Arguments.of(
                        Http.response(200, "application/json", "Content-Encoding: gzip\r\n", "xx"), "content encoding"),
                Arguments.of("SSH-2.0-OpenSSH_9\r\n", "not HTTP"),
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "not HTTP"),
                Arguments.of("HTTP/1.1 200 OK\r\nX: " + "y".repeat(70_000) + "\r\n\r\n", "not HTTP"));
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void answer_thatBreaksTheProtocol_failsAsPerhapsRun(String answer, String words) {
        McpException failure = failure(id -> answer);

        assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(failure).hasMessageContaining(words);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(401, "", "{\"error\":\"invalid_token\"}", Kind.UNAUTHORIZED, Delivery.ANSWERED),
                Arguments.of(403, "", "", Kind.UNAUTHORIZED, Delivery.ANSWERED),
                Arguments.of(429, "Retry-After: 7\r\n", "", Kind.RATE_LIMITED, Delivery.ANSWERED),
                Arguments.of(429, "", "slow down", Kind.RATE_LIMITED, Delivery.ANSWERED),
                Arguments.of(503, "Retry-After: 7\r\n", "", Kind.RATE_LIMITED, Delivery.ANSWERED),
                Arguments.of(503, "", "", Kind.SERVER_ERROR, Delivery.MAYBE),
                Arguments.of(500, "", "<html>", Kind.SERVER_ERROR, Delivery.MAYBE),
                Arguments.of(502, "", "", Kind.SERVER_ERROR, Delivery.MAYBE),
                Arguments.of(400, "", "", Kind.SERVER_ERROR, Delivery.ANSWERED),
                Arguments.of(405, "", "{}", Kind.SERVER_ERROR, Delivery.ANSWERED),
                Arguments.of(413, "", "x".repeat(100_000), Kind.SERVER_ERROR, Delivery.ANSWERED),
                Arguments.of(307, "Location: http://127.0.0.1:1/\r\n", "", Kind.PROTOCOL, Delivery.ANSWERED),
                Arguments.of(301, "Location: /other\r\n", "", Kind.PROTOCOL, Delivery.ANSWERED));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void answer_withAStatusOfFailure_isClassified(int status, String more, String body, Kind kind, Delivery delivery) {
        McpException failure = failure(id -> Http.response(status, "application/json", more, body));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.delivery()).isEqualTo(delivery);
        assertThat(failure.rpcCode()).isNull();
        assertThat(failure.retryAfter()).isEqualTo(more.startsWith("Retry-After") ? Duration.ofSeconds(7) : null);
        assertThat(failure).hasMessageContaining(String.valueOf(status));
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(200, -32602, Kind.INVALID_PARAMS),
                Arguments.of(400, -32602, Kind.INVALID_PARAMS),
                Arguments.of(200, -32603, Kind.SERVER_ERROR),
                Arguments.of(500, -32603, Kind.SERVER_ERROR),
                Arguments.of(404, -32601, Kind.SERVER_ERROR),
                Arguments.of(200, -32000, Kind.SERVER_ERROR),
                Arguments.of(401, -32001, Kind.UNAUTHORIZED),
                Arguments.of(429, -32000, Kind.RATE_LIMITED));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void answer_withAnError_isClassifiedWhateverTheStatus(int status, int code, Kind kind) {
        McpException failure = failure(id -> Http.json(status, Http.error(String.valueOf(id), code, "because")));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.delivery()).isEqualTo(Delivery.ANSWERED);
        assertThat(failure.rpcCode()).isEqualTo(code);
        assertThat(failure).hasMessageContaining("because");
    }

    @Test
    void error_withoutAnId_isTheAnswer() {
        assertThat(failure(id -> Http.json(200, Http.error("null", -32603, "x")))
                        .rpcCode())
                .isEqualTo(-32603);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999999999", "Fri, 01 Jan 2100 00:00:00 GMT"})
    void retryAfter_ofYears_isClamped(String value) {
        McpException failure = failure(id -> Http.response(429, "text/plain", "Retry-After: " + value + "\r\n", ""));

        assertThat(failure.retryAfter()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void informationalResponses_arePassedOver() {
        assertThat(result(id -> "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                        + Http.json(200, Http.result(id, "x"))))
                .isEqualTo(Http.content("x"));
    }

    @Test
    void connection_withBytesNobodyAskedFor_isNotUsedAgain() {
        try (RawServer raw = new RawServer(new StubTools((request, peer) ->
                peer.write(Http.json(200, Http.result(request.id(), request.tool())) + Http.json(200, "{}"))))) {
            ToolServer server = open(raw);

            for (int i = 0; i < 20; i++) {
                assertThat(Calls.call(server, "t" + i)).isEqualTo(Http.content("t" + i));
            }
        }
    }

    @Test
    void connection_thatTheServerCloses_isReplaced() {
        try (RawServer raw = new RawServer(new StubTools((request, peer) -> {
            peer.write(Http.response(200, "application/json", "Connection: close\r\n", Http.result(request.id(), "x")));
            peer.close();
        }))) {
            ToolServer server = open(raw);

            for (int i = 0; i < 20; i++) {
                assertThat(Calls.call(server, "any")).isEqualTo(Http.content("x"));
            }

            assertThat(raw.accepted()).isEqualTo(20);
        }
    }

    @Test
    void answer_thatEndsWithTheConnection_isGiven() {
        try (RawServer raw = new RawServer(new StubTools((request, peer) -> {
            peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + Http.result(request.id(), "x"));
            peer.close();
        }))) {
            assertThat(Calls.call(open(raw), "any")).isEqualTo(Http.content("x"));
        }
    }
}
