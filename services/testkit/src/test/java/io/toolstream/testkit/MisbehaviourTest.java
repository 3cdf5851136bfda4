package io.toolstream.testkit;

import static io.toolstream.testkit.TestClient.INITIALIZE;
import static io.toolstream.testkit.TestClient.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the server does wrong when it is told to, seen by a client that is not the project's. */
@Timeout(120)
class MisbehaviourTest {
    private ScriptedToolServer server = ScriptedToolServer.start();
    private TestClient client = new TestClient(server.url());

    @AfterEach
    void close() {
        server.close();
    }

    private void restart(ServerOptions options) {
        server.close();
        server = ScriptedToolServer.start(options);
        client = new TestClient(server.url());
    }

    private Socket connect() throws IOException {
        return new Socket(server.url().getHost(), server.port());
    }

    @Test
    void refused_isRefused_untilItIsNormalAgain() throws IOException {
        server.become(Accepting.REFUSED);
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);

        server.become(Accepting.NORMAL);
        assertThat(client.post(call(1, "echo", "{}")).statusCode()).isEqualTo(200);
    }

    @Test
    void resetOnBytes_resetsWhoSpeaks() throws IOException {
        server.become(Accepting.RESET_ON_BYTES);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(1);

            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void silent_acceptsAndSaysNothing() throws IOException {
        server.become(Accepting.SILENT);
        try (Socket socket = connect()) {
            socket.setSoTimeout(200);
            socket.getOutputStream()
                    .write(TestClient.head(call(1, "echo", "{}")).getBytes(StandardCharsets.UTF_8));

            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void hangAfterHead_saysTheHeadAndNoMore() throws IOException {
        server.script("echo", Behaviour.delivered(Delivery.hangAfterHead()));
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(TestClient.head(call(1, "echo", "{}")).getBytes(StandardCharsets.UTF_8));
            byte[] start = socket.getInputStream().readNBytes(12);

            assertThat(new String(start, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 200");
            socket.setSoTimeout(300);
            assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void closeIdleAfter_closesWithoutAWord() throws IOException {
        server.closeIdleAfter(Duration.ofMillis(50));
        try (Socket socket = connect()) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void clientThatLeaves_isCounted_andIsACancelWithoutSessionsOnly() throws IOException {
        restart(ServerOptions.defaults().withProtocolVersion("2026-07-28"));
        server.script("echo", Behaviour.never());
        Socket socket = connect();
        String body = call(1, "echo", "{}");
        String head = TestClient.head(body)
                .replace(
                        "\r\n\r\n",
                        "\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: echo\r\n\r\n");
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        await().until(() -> server.count(Counted.CALL) == 1);

        socket.close();

        await().until(() -> server.count(Counted.ABANDONED) == 1);
        await().until(() -> server.openConnections() == 0);
    }

    @Test
    void modern_refusesWhatSaysNotAll_andKnowsNoInitialize() {
        restart(ServerOptions.defaults().withProtocolVersion("2026-07-28"));

        HttpResponse<String> bare = client.post(call(1, "echo", "{}"));
        HttpResponse<String> other =
                client.post(call(1, "echo", "{}"), "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/list");
        HttpResponse<String> unknown = client.post(
                INITIALIZE, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "initialize", "Mcp-Name", "x");
        HttpResponse<String> right = client.post(
                call(1, "echo", "{}"),
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                "=?base64?ZWNobw==?=");

        assertThat(bare.body()).contains("-32022", "\"supported\":[\"2026-07-28\"]");
        assertThat(other.body()).contains("-32020");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("-32601");
        assertThat(right.body()).contains("\"resultType\":\"complete\"");
    }

    @Test
    void streamWithIds_canBeTakenUpAgain() throws IOException {
        server.script("echo", Behaviour.framed(Framing.events().withIds()).with(Delivery.closeAfterPieces(2)));
        String cut = new String(client.raw(call(1, "echo", "{}")), StandardCharsets.UTF_8);
        assertThat(cut).contains("id: s1-0").doesNotContain("s1-1");

        HttpResponse<String> rest = client.send(HttpRequest.newBuilder().GET().header("Last-Event-ID", "s1-0"));

        assertThat(rest.body()).contains("id: s1-1", "\"result\"").doesNotContain("s1-0");
        assertThat(client.send(HttpRequest.newBuilder().GET().header("Last-Event-ID", "s9-0"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void announce_isHeardOnStandingStreams() {
        server.offerStreams();
        CompletableFuture<HttpResponse<String>> stream =
                client.sendAsync(HttpRequest.newBuilder().GET());
        await().until(() -> server.openStreams() == 1);

        server.announce("{\"said\":1}");
        server.close();

        assertThat(stream.handle((response, failure) -> "ended").join()).isEqualTo("ended");
        assertThat(server.count(Counted.STREAMS)).isEqualTo(1);
    }

    @Test
    void idsOfOtherTypes_andWholeMessages_areSentAsTold() {
        server.script(
                "echo",
                Behaviour.normal().with(IdEcho.TEXT),
                Behaviour.normal().with(IdEcho.NULL),
                Behaviour.answering(Answer.message("{\"id\":$ID,\"id\":$ID}")));

        assertThat(client.post(call(7, "echo", "{}")).body()).contains("\"id\":\"7\"");
        assertThat(client.post(call(7, "echo", "{}")).body()).contains("\"id\":null");
        assertThat(client.post(call(7, "echo", "{}")).body()).isEqualTo("{\"id\":7,\"id\":7}");
    }

    @Test
    void messagesBefore_comeAsEvents_andTheirAnswersAreKept() {
        server.script("echo", Behaviour.preceded("{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"ping\"}"));

        assertThat(client.post(call(1, "echo", "{}")).body()).contains("\"method\":\"ping\"", "\"result\"");
        client.post("{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"result\":{}}");

        assertThat(server.clientAnswers()).containsExactly("{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"result\":{}}");
    }
}
