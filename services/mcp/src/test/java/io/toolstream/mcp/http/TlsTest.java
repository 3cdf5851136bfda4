package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpClientSettings.Identity;
import io.toolstream.mcp.McpClientSettings.TimeLimits;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.Accepting;
import io.toolstream.testkit.Counted;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.testkit.ServerOptions;
import io.toolstream.testkit.TlsIdentity;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.RawServer;
import io.toolstream.testkit.raw.StubTools;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsTest {
    @TempDir
    static Path folder;

    private static TlsIdentity localhost;
    private static TlsIdentity expired;

    @BeforeAll
    static void makeCertificates() {
        localhost = TlsIdentity.of(folder, "localhost");
        expired = TlsIdentity.expired(folder, "localhost");
    }

    private static McpClient client(Identity identity) {
        McpClientSettings d = McpClientSettings.DEFAULT;
        return McpClient.create(
                new McpClientSettings(identity, d.times(), d.pool(), d.answers(), d.stdio(), d.sharing()));
    }

    private static McpException failure(McpClient client, String host, int port) {
        URI url = URI.create("https://" + host + ":" + port + "/mcp");
        McpException failure = Calls.failure(
                client.open(new ServerSpec.Http("tls", url, Map.of())).call(Calls.request("any")));
        client.close().join();
        return failure;
    }

    private static McpClient trusting() {
        return client(new Identity("test", "1", localhost.certificate()));
    }

    @Test
    void call_ofAServerWithATrustedCertificate_isAnsweredOverOneConnection() {
        StubTools stub = StubTools.echo();
        try (RawServer raw = new RawServer(localhost.listener(), stub)) {
            McpClient client = trusting();
            URI url = URI.create("https://localhost:" + raw.port() + "/mcp");
            var server = client.open(new ServerSpec.Http("tls", url, Map.of()));

            for (int i = 0; i < 20; i++) {
                assertThat(Calls.call(server, "t" + i)).isEqualTo(Http.content("t" + i));
            }

            assertThat(server.stats().opened()).isEqualTo(1);
            client.close().join();
        }
    }

    @Test
    void call_ofAServerUnderAnotherName_isNotSent() {
        StubTools stub = StubTools.echo();
        try (RawServer raw = new RawServer(localhost.listener(), stub)) {
            McpException failure = failure(trusting(), "127.0.0.1", raw.port());

            assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
            assertThat(failure).hasMessageContaining("TLS");
            assertThat(stub.requests()).isEmpty();
        }
    }

    @Test
    void call_ofAServerThatNobodyVouchesFor_isNotSent() {
        StubTools stub = StubTools.echo();
        try (RawServer raw = new RawServer(localhost.listener(), stub)) {
            McpException failure = failure(client(Identity.DEFAULT), "localhost", raw.port());

            assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
            assertThat(stub.requests()).isEmpty();
        }
    }

    @Test
    void call_ofAServerThatSpeaksNoTls_isNotSent() {
        try (RawServer raw = new RawServer(peer -> peer.write("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            McpException failure = failure(trusting(), "127.0.0.1", raw.port());

            assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        }
    }

    /** Over HTTP and over WebSocket alike. */
    @ParameterizedTest
    @ValueSource(strings = {"https", "wss"})
    void m41_serversThatAreNotWhoTheyShouldBe_areNotSentAnything(String scheme) {
        try (ScriptedToolServer late =
                        ScriptedToolServer.start(ServerOptions.defaults().withTls(expired));
                ScriptedToolServer right =
                        ScriptedToolServer.start(ServerOptions.defaults().withTls(localhost))) {
            assertNotSent(expired, url(scheme, "localhost", late.port()), "expired");
            assertNotSent(localhost, url(scheme, "127.0.0.1", right.port()), "of another name");
            URI url = url(scheme, "localhost", right.port());
            assertNotSent(expired, url, "vouches");
            right.become(Accepting.RESET_ON_BYTES);
            assertNotSent(localhost, url, "during the handshake");
            right.become(Accepting.RESET);
            assertNotSent(localhost, url, "");
            right.become(Accepting.SILENT);
            assertNotSent(localhost, url, "in time", Duration.ofMillis(500));
            right.become(Accepting.REFUSED);
            assertNotSent(localhost, url, "refused");
            assertThat(late.count(Counted.MESSAGES) + right.count(Counted.MESSAGES))
                    .isZero();
        }
    }

    /** The same against TLS that is not the JDK's. */
    @ParameterizedTest
    @ValueSource(strings = {"https", "wss"})
    void m41_opensslServersThatAreNotWhoTheyShouldBe_areNotSentAnything(String scheme) throws Exception {
        try (OpenSslPeer late = OpenSslPeer.start(expired);
                OpenSslPeer right = OpenSslPeer.start(localhost);
                OpenSslPeer old = OpenSslPeer.start(localhost, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0")) {
            assertNotSent(expired, url(scheme, "localhost", late.port()), "expired");
            assertNotSent(localhost, url(scheme, "127.0.0.1", right.port()), "of another name");
            assertNotSent(expired, url(scheme, "localhost", right.port()), "vouches");
            assertNotSent(localhost, url(scheme, "localhost", old.port()), "TLS failed");
        }
    }

    private static URI url(String scheme, String host, int port) {
        return URI.create(scheme + "://" + host + ":" + port + "/mcp");
    }

    private static void assertNotSent(TlsIdentity trusted, URI url, String words) {
        assertNotSent(trusted, url, words, TimeLimits.DEFAULT.connect());
    }

    private static void assertNotSent(TlsIdentity trusted, URI url, String words, Duration connect) {
        McpClientSettings d = McpClientSettings.DEFAULT;
        TimeLimits t = d.times();
        TimeLimits times = new TimeLimits(connect, t.firstByte(), t.idle(), t.total(), t.handshake(), t.probe());
        McpClient client =
                McpClient.create(d.withTimes(times).withIdentity(new Identity("test", "1", trusted.certificate())));
        ServerSpec spec = url.getScheme().equals("wss")
                ? new ServerSpec.WebSocket("tls", url, Map.of())
                : new ServerSpec.Http("tls", url, Map.of());
        long startNanos = System.nanoTime();

        McpException failure = Calls.failure(client.open(spec).call(Calls.request("any")));

        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.CONNECT);
        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(failure).hasMessageContaining(words);
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(15));
        client.close().join();
    }
}
