package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpClientSettings.Identity;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.mcp.raw.Http;
import io.toolstream.mcp.raw.RawServer;
import io.toolstream.mcp.raw.StubTools;
import io.toolstream.mcp.raw.TlsIdentity;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {
    @TempDir
    static Path folder;

    private static TlsIdentity localhost;

    @BeforeAll
    static void makeCertificates() {
        localhost = TlsIdentity.of(folder, "localhost");
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
}
