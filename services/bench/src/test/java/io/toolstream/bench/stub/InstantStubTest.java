package io.toolstream.bench.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class InstantStubTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private InstantStub stub;

    @BeforeEach
    void startStub() throws Exception {
        stub = InstantStub.start(2);
    }

    @AfterEach
    void closeStub() {
        stub.close();
    }

    @Test
    void toolsCall_echoesArgumentsUntouched() throws Exception {
        String arguments = "{ \"number\": 1e2, \"pad\":\"a \\\"quoted\\\" } ] brace\", \"nested\":[{\"x\":null}] }";

        HttpResponse<String> response = post(
                "{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":"
                        + arguments + "}}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",")
                .contains(arguments);
        assertThat(stub.calls()).isEqualTo(1);
    }

    @Test
    void toolsCall_overLargeBody_isAnsweredWhole() throws Exception {
        String pad = "x".repeat(1 << 20);

        HttpResponse<String> response =
                post("{\"method\":\"tools/call\",\"id\":7,\"params\":{\"arguments\":{\"pad\":\"" + pad + "\"}}}");

        assertThat(response.body()).contains("\"id\":7,").contains(pad);
    }

    @Test
    void initialize_agreesToTheVersionAsked() throws Exception {
        HttpResponse<String> response =
                post("{\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\"}}");

        assertThat(response.body()).contains("\"protocolVersion\":\"2025-06-18\"");
        assertThat(response.headers().map()).doesNotContainKey("mcp-session-id");
    }

    @Test
    void notification_isAcceptedWithoutBody() throws Exception {
        HttpResponse<String> response = post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void unknownMethod_isAnError() throws Exception {
        assertThat(post("{\"id\":1,\"method\":\"server/discover\"}").body()).contains("-32601");
    }

    @Test
    void get_isNotAllowed() throws Exception {
        HttpRequest get = HttpRequest.newBuilder(endpoint()).build();

        assertThat(client.send(get, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @Test
    void connection_isKeptAlive() throws Exception {
        post("{\"id\":1,\"method\":\"ping\"}");
        post("{\"id\":2,\"method\":\"ping\"}");

        assertThat(stub.accepted()).isEqualTo(1);
    }

    @Test
    void brokenMessage_closesItsConnectionOnly() throws Exception {
        assertThatIOException().isThrownBy(() -> post("{\"id\":"));

        assertThat(post("{\"id\":2,\"method\":\"ping\"}").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> post(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(endpoint())
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private URI endpoint() {
        return stub.urls().get(1);
    }
}
