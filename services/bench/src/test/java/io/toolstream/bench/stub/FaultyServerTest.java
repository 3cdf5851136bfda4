package io.toolstream.bench.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FaultyServerTest {
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"number\":1}}}";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private FaultyServer server;

    @BeforeEach
    void start() throws IOException {
        server = FaultyServer.start(Duration.ofMillis(30));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void call_ofAWellServer_takesItsTime() throws Exception {
        long beganNanos = System.nanoTime();

        assertThat(call().body()).contains("\"id\":7", "{\"number\":1}");
        assertThat(Duration.ofNanos(System.nanoTime() - beganNanos)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
        assertThat(server.calls()).isEqualTo(1);
        assertThat(server.mostOpen()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void call_whileItFails_isNotAnswered_andAfterwardsIs(Fault fault) throws Exception {
        boolean isSilent = fault == Fault.HUNG || fault == Fault.DRIPPING;
        call();
        server.fail(fault);

        if (isSilent) {
            assertThatThrownBy(() -> call(Duration.ofMillis(400))).isInstanceOf(HttpTimeoutException.class);
        } else {
            assertThatThrownBy(this::call).isInstanceOf(IOException.class).isNotInstanceOf(HttpTimeoutException.class);
        }
        server.fail(Fault.NONE);

        assertThat(call().statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> call() throws Exception {
        return call(PATIENCE);
    }

    private HttpResponse<String> call(Duration atMost) throws Exception {
        return client.send(
                HttpRequest.newBuilder(server.url())
                        .timeout(atMost)
                        .POST(BodyPublishers.ofString(CALL))
                        .build(),
                BodyHandlers.ofString());
    }
}
