package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.ClientCredentials;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpClientSettings.Identity;
import io.toolstream.mcp.McpClientSettings.IdleLimits;
import io.toolstream.mcp.McpClientSettings.Pool;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ServerSpec.Http2;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.mcp.raw.JettyTools;
import io.toolstream.mcp.raw.Relay;
import io.toolstream.testkit.TlsIdentity;
import io.toolstream.testkit.raw.FramePeer;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.ModernTools;
import io.toolstream.testkit.raw.RawServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of how many requests a server's connections carry: before there is one, after, and when it changes. */
final class RequestsAtOnceTest extends FrameServers {
    private static final int CONNECTIONS = 10;
    private static final int STREAMS_OF_JETTY = 128;
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    static Path folder;

    private static TlsIdentity localhost;

    @BeforeAll
    static void makeCertificate() {
        localhost = TlsIdentity.of(folder, "localhost");
    }

    private ToolServer open(URI url) {
        return opened.client(settings(), new ServerSpec.Http("any", url, Map.of()));
    }

    private static McpClientSettings settings() {
        return McpClientSettings.DEFAULT
                .withIdentity(new Identity("test", "1", localhost.certificate()))
                .withPool(new Pool(CONNECTIONS, 0, 100, Duration.ofSeconds(20), HOUR, new IdleLimits(HOUR, HOUR)));
    }

    @Test
    void http_isAsManyAsConnections() {
        RawServer raw =
                opened.server(new ModernTools((request, peer) -> peer.json(Http.result(request.id(), request.tool()))));
        ToolServer server = open(raw.url());

        assertThat(server.requestsAtOnce()).isEqualTo(CONNECTIONS);
        Calls.call(server, "any");
        assertThat(server.requestsAtOnce()).isEqualTo(CONNECTIONS);
    }

    @Test
    void tlsWithHttp1Only_isAsManyAsConnections() throws Exception {
        try (JettyTools jetty = JettyTools.tls(localhost, false)) {
            ToolServer server = open(jetty.url());

            assertThat(server.requestsAtOnce()).isEqualTo(CONNECTIONS);
            Calls.call(server, "any");
            assertThat(jetty.protocols()).containsExactly("HTTP/1.1");
            assertThat(server.requestsAtOnce()).isEqualTo(CONNECTIONS);
        }
    }

    @Test
    void tlsWithHttp2_isAsManyAsConnections_untilTheFirstShowsItsStreams() throws Exception {
        try (JettyTools jetty = JettyTools.tls(localhost, true)) {
            ToolServer server = open(jetty.url());

            assertThat(server.requestsAtOnce()).isEqualTo(CONNECTIONS);
            Calls.call(server, "any");
            assertThat(jetty.protocols()).containsExactly("HTTP/2.0");
            assertThat(server.requestsAtOnce()).isEqualTo(CONNECTIONS * STREAMS_OF_JETTY);
        }
    }

    /** It is known before any call, so that what comes first is not let in blindly. */
    @Test
    void tlsWithHttp2_showsItWithTheFirstExchangeOfAnyKind() throws Exception {
        try (JettyTools jetty = JettyTools.tls(localhost, true)) {
            ToolServer server = open(jetty.url());

            server.probe().join();

            assertThat(server.requestsAtOnce()).isEqualTo(CONNECTIONS * STREAMS_OF_JETTY);
        }
    }

    /** Servers of both kinds behind one address, or one that was replaced. */
    @Test
    void serverThatSpeaksLessFromNowOn_isTakenAtThat_andAtMoreOnlyLater() throws Exception {
        try (JettyTools two = JettyTools.tls(localhost, true);
                JettyTools one = JettyTools.tls(localhost, false);
                Relay relay = new Relay(two.url())) {
            ToolServer server = open(relay.url());
            Calls.call(server, "any");
            assertThat(server.requestsAtOnce()).isEqualTo(CONNECTIONS * STREAMS_OF_JETTY);

            relay.turnTo(one.url());
            callUntilAnswered(server, "one");
            assertThat(one.protocols()).containsExactly("HTTP/1.1");
            assertThat(server.requestsAtOnce()).isEqualTo(CONNECTIONS);

            relay.turnTo(two.url());
            stop(one);
            callUntilAnswered(server, "two");
            assertThat(server.requestsAtOnce())
                    .as("connections to the other one may still be open")
                    .isEqualTo(CONNECTIONS);
        }
    }

    private static void stop(JettyTools server) {
        server.close();
    }

    /** A call may meet the end of its connection. */
    private static void callUntilAnswered(ToolServer server, String tool) {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> Calls.call(server, tool).equals(Http.content(tool)));
    }

    @Test
    void http2_isAsManyAsTheServerAllows() {
        AtomicReference<FramePeer> seen = new AtomicReference<>();
        RawServer raw = frames((peer, n) -> {
            seen.set(peer);
            peer.begin(7).answerAll();
        });
        ToolServer server = open(raw, settings());
        assertThat(server.requestsAtOnce()).isEqualTo(CONNECTIONS);

        Calls.call(server, "any");
        assertThat(server.requestsAtOnce()).isEqualTo(CONNECTIONS * 7);

        quietly(() -> Objects.requireNonNull(seen.get()).maxStreams(3));
        await().untilAsserted(() -> assertThat(server.requestsAtOnce()).isEqualTo(CONNECTIONS * 3));
    }

    @Test
    void http2_thatAllowsAnyNumber_isAsManyAsIsSet() {
        ToolServer server = open(frames((peer, n) -> peer.begin().answerAll()), settings());

        Calls.call(server, "any");

        assertThat(server.requestsAtOnce())
                .isEqualTo(CONNECTIONS * settings().sharing().maxInFlight());
    }

    @Test
    void otherTransports_areAsManyAsOneOfThemTakes() {
        URI socket = URI.create("ws://127.0.0.1:1/mcp");
        URI url = URI.create("https://127.0.0.1:1/mcp");
        ClientCredentials credentials = new ClientCredentials(
                "me", new ClientCredentials.Proof.Secret("secret"), URI.create("https://127.0.0.1:2"), List.of());
        ServerSpec child = new ServerSpec.Stdio("child", List.of("none"), Map.of(), null);

        assertThat(atOnce(new ServerSpec.WebSocket("socket", socket, Map.of()))).isEqualTo(256);
        assertThat(atOnce(child)).isEqualTo(256);
        assertThat(atOnce(new ServerSpec.Replicas("children", List.of(child, child), false)))
                .isEqualTo(512);
        assertThat(atOnce(new ServerSpec.Http("with tokens", url, Map.of(), Http2.AUTO, credentials)))
                .isEqualTo(CONNECTIONS);
    }

    private int atOnce(ServerSpec spec) {
        return opened.client(settings(), spec).requestsAtOnce();
    }
}
