package io.toolstream.mcp.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.ClientOffers;
import io.toolstream.mcp.InputResponder;
import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.RawServer;
import io.toolstream.testkit.raw.StubTools;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a server of the sessions era may ask, and what it hears. */
final class ServerRequestsTest {
    private static String answer(@Nullable InputResponder responder, String method) {
        ServerRequests requests = new ServerRequests("stub", responder);
        return text(requests.answer(request(method)));
    }

    private static RpcMessage.Request request(String method) {
        return new RpcMessage.Request(JsonSlice.ofText("\"x-1\""), method, JsonSlice.ofText("{}"));
    }

    private static String text(CompletableFuture<io.toolstream.mcp.json.JsonBuffer> answer) {
        return new String(answer.join().toBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void ping_isAnswered() {
        assertThat(answer(null, "ping")).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"x-1\",\"result\":{}}");
    }

    @Test
    void whatIsNotOffered_isNoMethodOfOurs() {
        FixedResponder responder = FixedResponder.saying("{}");

        assertThat(answer(null, "elicitation/create")).contains("-32601");
        assertThat(answer(responder, "sampling/createMessage")).contains("-32601");
        assertThat(answer(responder, "roots/list")).contains("-32601");
        assertThat(answer(responder, "anything")).contains("-32601");
        assertThat(responder.asked()).isEmpty();
    }

    @Test
    void whatIsOffered_isAnsweredByTheResponder() {
        assertThat(answer(FixedResponder.saying("{\"action\":\"decline\"}"), "elicitation/create"))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"x-1\",\"result\":{\"action\":\"decline\"}}");
    }

    @Test
    void responderThatFails_isAnErrorWithoutDetails() {
        InputResponder failing =
                new FixedResponder(CompletableFuture.failedFuture(new IllegalStateException("secret")));

        assertThat(answer(failing, "elicitation/create")).contains("-32603").doesNotContain("secret");
    }

    @Test
    void tooManyQuestionsAtOnce_areRefused() {
        CompletableFuture<JsonSlice> later = new CompletableFuture<>();
        ServerRequests requests = new ServerRequests("stub", new FixedResponder(later));
        for (int i = 0; i < 16; i++) {
            assertThat(requests.answer(request("elicitation/create"))).isNotDone();
        }

        assertThat(text(requests.answer(request("elicitation/create")))).contains("too many questions");
        later.complete(JsonSlice.ofText("{}"));
        assertThat(requests.answer(request("elicitation/create"))).isDone();
    }

    /** The standing stream (GET) is opened only for who offers something; questions on it are answered by POST. */
    @Test
    void questionOnTheStandingStream_isAnswered() {
        StubTools stub = StubTools.echo();
        RawServer.Script script = peer -> {
            for (var request = peer.read(); request != null; request = peer.read()) {
                if (request.method().equals("GET")) {
                    assertThat(request.header("mcp-session-id")).isEqualTo("session-1");
                    assertThat(request.header("accept")).isEqualTo("text/event-stream");
                    peer.write(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    + Http.chunk(
                                            Http.event(
                                                    "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"elicitation/create\",\"params\":{}}")));
                    peer.awaitEnd();
                    return;
                }
                stub.answer(request, peer);
            }
        };
        McpClient client = McpClient.create(
                McpClientSettings.DEFAULT, new ClientOffers(FixedResponder.saying("{\"action\":\"cancel\"}"), false));
        try (RawServer raw = new RawServer(script)) {
            Calls.call(client.open(new ServerSpec.Http("stub", raw.url(), Map.of())), "t");

            await().untilAsserted(() -> assertThat(stub.requests())
                    .anySatisfy(request ->
                            assertThat(request.body()).contains("\"id\":\"q\",\"result\":{\"action\":\"cancel\"}")));
            assertThat(stub.requests("initialize").get(0).body()).contains("\"capabilities\":{\"elicitation\":{}}");
        } finally {
            client.close().join();
        }
    }
}
