package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.RawRequest;
import io.toolstream.testkit.raw.RawServer;
import io.toolstream.testkit.raw.StubTools;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that begin, are lost, and lists that are read in them. */
final class HttpSessionTest {
    private McpClient client = McpClient.create(McpClientSettings.DEFAULT);

    @AfterEach
    void close() {
        client.close().join();
    }

    private ToolServer open(RawServer raw) {
        return client.open(new ServerSpec.Http("stub", raw.url(), Map.of()));
    }

    /** A server that knows its newest session only. */
    private static StubTools forgetful(int status, String words) {
        return new StubTools((request, peer) -> {
            boolean isKnown = request.header("mcp-session-id").equals(peer.session());
            peer.write(
                    isKnown
                            ? Http.json(200, Http.result(request.id(), request.tool()))
                            : Http.json(status, Http.error("null", -32000, words)));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "404,Session not found",
        "404,''",
        "400,Bad Request: No valid session ID provided",
        "400,Bad Request: Server not initialized"
    })
    void sessionThatTheServerForgot_isMadeAgainOnce(int status, String words) {
        StubTools stub = forgetful(status, words);
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);
            assertThat(server.protocolVersion()).isNull();
            Calls.call(server, "one");
            assertThat(server.protocolVersion()).isEqualTo("2025-06-18");
            stub.newSessions("session-2");
            List<CompletableFuture<ToolResult>> all = new ArrayList<>();

            for (int i = 0; i < 20; i++) {
                all.add(server.call(Calls.request("t" + i)));
            }

            for (int i = 0; i < 20; i++) {
                assertThat(all.get(i).join().json().text()).isEqualTo(Http.content("t" + i));
            }
            assertThat(stub.requests("initialize")).hasSize(2);
        }
    }

    @Test
    void serverThatForgetsEverySession_failsTheCallAfterOneMoreTry() {
        StubTools stub = new StubTools(
                (request, peer) -> peer.write(Http.json(404, Http.error("null", -32001, "Session not found"))));
        try (RawServer raw = new RawServer(stub)) {
            McpException failure = Calls.failure(open(raw).call(Calls.request("any")));

            assertThat(failure.kind()).isEqualTo(Kind.SERVER_ERROR);
            assertThat(failure.delivery()).isEqualTo(Delivery.ANSWERED);
            assertThat(stub.requests("tools/call")).hasSize(2);
            assertThat(stub.requests("initialize")).hasSize(2);
        }
    }

    @Test
    void unknownMethod_isNoLostSession() {
        StubTools stub = new StubTools((request, peer) ->
                peer.write(Http.json(404, Http.error(String.valueOf(request.id()), -32601, "Method not found"))));
        try (RawServer raw = new RawServer(stub)) {
            assertThat(Calls.failure(open(raw).call(Calls.request("any"))).rpcCode())
                    .isEqualTo(-32601);

            assertThat(stub.requests("initialize")).hasSize(1);
        }
    }

    @Test
    void serverWithoutSessions_isAskedWithoutOne() {
        StubTools stub = StubTools.echo();
        stub.newSessions("");
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);

            Calls.call(server, "any");
            server.close().join();

            assertThat(stub.requests())
                    .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("mcp-session-id"));
            assertThat(stub.requests()).extracting(RawRequest::method).doesNotContain("DELETE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-07-28", "1.0", ""})
    void serverThatChoosesAnUnknownVersion_isRefused(String version) {
        try (RawServer raw = new RawServer(peer -> {
            for (RawRequest request = peer.read(); request != null; request = peer.read()) {
                peer.json("{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + ",\"result\":{\"protocolVersion\":\""
                        + version + "\"}}");
            }
        })) {
            McpException failure = Calls.failure(open(raw).call(Calls.request("any")));

            assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        }
    }

    @Test
    void failedHandshake_isTriedAgainByTheNextCall() {
        AtomicInteger count = new AtomicInteger();
        StubTools stub = StubTools.echo();
        try (RawServer raw = new RawServer(peer -> {
            if (count.getAndIncrement() < 2) {
                peer.read();
                peer.write(Http.response(503, "text/plain", "Connection: close\r\nRetry-After: 1\r\n", ""));
            } else {
                stub.talk(peer);
            }
        })) {
            ToolServer server = open(raw);

            McpException failure = Calls.failure(server.call(Calls.request("any")));
            assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
            Calls.failure(server.call(Calls.request("any")));

            assertThat(Calls.call(server, "third")).isEqualTo(Http.content("third"));
        }
    }

    private static String tool(String name) {
        return "{\"name\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\"}}";
    }

    private static String page(RawRequest request, String tools, String cursor) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + request.id() + ",\"result\":{\"tools\":[" + tools + "]"
                + (cursor.isEmpty() ? "" : ",\"nextCursor\":" + cursor) + "}}";
    }

    @Test
    void list_isReadPageByPage() {
        StubTools stub = new StubTools((request, peer) -> peer.json(
                request.body().contains("\"cursor\":\"c\\\"2\"")
                        ? page(request, tool("b") + "," + tool("a"), "null")
                        : page(request, tool("a") + ",{\"name\":\"broken\"}", "\"c\\\"2\"")));
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);

            List<ToolDefinition> tools = server.listTools().join();

            assertThat(tools).extracting(ToolDefinition::name).containsExactly("a", "b");
            assertThat(tools.get(0).json().text()).isEqualTo(tool("a"));
            assertThat(server.anomalies().droppedTools()).isEqualTo(2);
        }
    }

    @Test
    void list_thatNeverEnds_isCutOff() {
        StubTools loop = new StubTools((request, peer) -> peer.json(page(request, tool("a"), "\"same\"")));
        StubTools endless = new StubTools(
                (request, peer) -> peer.json(page(request, tool("t" + request.id()), "\"c" + request.id() + "\"")));
        client = McpClient.create(
                McpClientSettings.DEFAULT.withAnswers(new McpClientSettings.AnswerLimits(1000, 1000, 10, 100, 64)));
        try (RawServer one = new RawServer(loop);
                RawServer other = new RawServer(endless)) {
            assertThat(open(one).listTools().join()).hasSize(1);
            assertThat(loop.requests("tools/list")).hasSize(2);

            assertThat(open(other).listTools().join()).hasSize(10);
        }
    }

    @Test
    void list_thatIsNone_failsAsBreach() {
        try (RawServer raw = new RawServer(StubTools.echo())) {
            McpException failure = Calls.failure(open(raw).listTools());

            assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
        }
    }

    @Test
    void specificationThatMakesNoSense_isRefusedAtOnce() {
        for (String url : List.of("ftp://host/", "http:///path", "http://user:pw@host/", "mailto:x")) {
            assertThatThrownBy(() -> client.open(new ServerSpec.Http("s", URI.create(url), Map.of())))
                    .as(url)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("pw");
        }
        URI url = URI.create("http://localhost/");
        for (Map<String, String> headers : List.of(
                Map.of("X", "a\r\nY: b"), Map.of("X Y", "a"), Map.of("Host", "x"), Map.of("mcp-session-id", "x"))) {
            assertThatThrownBy(() -> client.open(new ServerSpec.Http("s", url, headers)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("Y: b");
        }
        assertThatThrownBy(() -> client.open(new ServerSpec.Stdio("s", List.of(), Map.of(), null)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
