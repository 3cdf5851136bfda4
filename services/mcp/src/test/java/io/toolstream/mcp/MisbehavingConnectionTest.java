package io.toolstream.mcp;

import static io.toolstream.testkit.Delivery.closeBeforeHead;
import static io.toolstream.testkit.Delivery.drip;
import static io.toolstream.testkit.Delivery.hangAfterHead;
import static io.toolstream.testkit.Delivery.hangAt;
import static io.toolstream.testkit.Delivery.thenClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.Accepting;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.Counted;
import io.toolstream.testkit.Framing;
import io.toolstream.testkit.ScriptedToolServer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripted server misbehaves with its connections and its time; what the client makes of it. */
final class MisbehavingConnectionTest extends MisbehavingServer {
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

        McpException failure = Calls.failure(server.call(Calls.request("echo", Duration.ofSeconds(2))));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
    }

    @Test
    void m26_serverThatAcceptsAndSaysNothing_isEndedByALimit() {
        ToolServer server = open();
        scripted.become(Accepting.SILENT);

        McpException failure = Calls.failure(server.call(Calls.request("echo")));

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
        scripted.closeIdleAfter(Duration.ofMillis(500));
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
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(15));
    }
}
