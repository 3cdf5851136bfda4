package io.toolstream.testkit.stub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.testkit.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class InstantStubTest {
    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"method\":\"tools/call\","
            + "\"params\":{\"name\":\"echo\",\"arguments\":{\"id\":5}}}";

    @Test
    void call_anyId_answersUnderIt() {
        try (InstantStub stub = InstantStub.start(StubSettings.instant())) {
            Json answer = Json.parse(post(stub.url(), CALL.formatted("é-1")).body());

            assertThat(answer.text("id")).contains("é-1");
            assertThat(answer.member("result").orElseThrow().raw()).contains("\"text\":\"oo\"");
            assertThat(stub.calls()).isOne();
        }
    }

    @Test
    void handshakeAndListing_areAnswered() {
        try (InstantStub stub = InstantStub.start(StubSettings.instant())) {
            String initialize = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\","
                    + "\"params\":{\"protocolVersion\":\"2025-06-18\"}}";
            assertThat(post(stub.url(), initialize).body()).contains("\"protocolVersion\":\"2025-06-18\"");
            assertThat(post(stub.url(), "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                            .statusCode())
                    .isEqualTo(202);
            assertThat(post(stub.url(), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                            .body())
                    .contains("\"name\":\"echo\"");
            assertThat(post(stub.url(), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"other\"}")
                            .body())
                    .contains("-32601");
        }
    }

    @Test
    void requests_splitAnywhereAndPipelined_areAllAnswered() throws IOException {
        byte[] two = (request(CALL.formatted("one")) + request(CALL.formatted("two"))).getBytes(UTF_8);
        try (InstantStub stub = InstantStub.start(StubSettings.instant());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), stub.port())) {
            socket.setTcpNoDelay(true);
            for (byte b : two) {
                socket.getOutputStream().write(b);
            }
            socket.getOutputStream().write(two);
            socket.shutdownOutput();

            String answers = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(5);
            assertThat(answers).containsSubsequence("\"one\"", "\"two\"", "\"one\"", "\"two\"");
        }
    }

    @Test
    void bigResultsAndRequests_pass() {
        try (InstantStub stub = InstantStub.start(StubSettings.instant().withResultBytes(5_000_000))) {
            String body = CALL.formatted("big").replace("5}", "\"" + "x".repeat(1_000_000) + "\"}");

            assertThat(post(stub.url(), body).body()).hasSizeGreaterThan(5_000_000);
        }
    }

    @Test
    void delay_isWaitedByAllTogether() {
        try (InstantStub stub = InstantStub.start(StubSettings.instant().withDelay(Duration.ofSeconds(1)))) {
            long startNanos = System.nanoTime();
            List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 20)
                    .mapToObj(i -> postAsync(stub.url(), CALL.formatted(i)))
                    .toList();

            calls.forEach(call -> assertThat(call.join().statusCode()).isEqualTo(200));

            Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
            assertThat(took).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(12));
        }
    }

    @Test
    void process_servesUntilClosed() {
        try (StubProcess stub = StubProcess.start(StubSettings.instant())) {
            assertThat(post(stub.url(), CALL.formatted("x")).statusCode()).isEqualTo(200);
        }
    }

    private static String request(String body) {
        return "POST /mcp HTTP/1.1\r\nHost: x\r\ncontent-LENGTH: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }

    private static HttpResponse<String> post(URI url, String body) {
        return postAsync(url, body).join();
    }

    private static CompletableFuture<HttpResponse<String>> postAsync(URI url, String body) {
        return HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(url)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString(UTF_8));
    }
}
