package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpClientSettings.Identity;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ServerSpec.Http2;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.mcp.raw.JettyTools;
import io.toolstream.testkit.TlsIdentity;
import io.toolstream.testkit.raw.Http;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 against Jetty, which shares no code with ours: prior knowledge, ALPN both ways, streams of every kind. */
final class Http2PeerTest {
    @TempDir
    static Path folder;

    private static TlsIdentity localhost;

    private McpClient client = McpClient.create(McpClientSettings.DEFAULT);

    @BeforeAll
    static void makeCertificates() {
        localhost = TlsIdentity.of(folder, "localhost");
    }

    @BeforeEach
    void trust() {
        client = McpClient.create(
                McpClientSettings.DEFAULT.withIdentity(new Identity("test", "1", localhost.certificate())));
    }

    @AfterEach
    void close() {
        client.close().join();
    }

    private ToolServer open(JettyTools jetty, Http2 http2) {
        return client.open(new ServerSpec.Http("jetty", jetty.url(), Map.of("X-Key", "secret"), http2));
    }

    @Test
    void priorKnowledge_manyCallsOverFewConnections() throws Exception {
        try (JettyTools jetty = JettyTools.clear()) {
            ToolServer server = open(jetty, Http2.ALWAYS);
            Calls.call(server, "first");

            for (int round = 0; round < 20; round++) {
                fifty(server, round);
            }

            assertThat(jetty.protocols()).containsExactly("HTTP/2.0");
            assertThat(server.stats().opened()).isLessThanOrEqualTo(2);
            assertThat(jetty.connections()).isLessThanOrEqualTo(2);
            assertThat(jetty.header("X-Key")).isEqualTo("secret");
        }
    }

    private static void fifty(ToolServer server, int round) {
        List<CompletableFuture<ToolResult>> results = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            results.add(server.call(Calls.request("tool-" + round + "-" + i)));
        }
        for (int i = 0; i < 50; i++) {
            assertThat(results.get(i).join().json().text()).isEqualTo(Http.content("tool-" + round + "-" + i));
        }
    }

    @Test
    void tls_choosesHttp2ByAlpn() throws Exception {
        try (JettyTools jetty = JettyTools.tls(localhost, true)) {
            ToolServer server = open(jetty, Http2.AUTO);

            fifty(server, 0);

            assertThat(jetty.protocols()).containsExactly("HTTP/2.0");
            assertThat(server.stats().opened()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void tls_fallsBackToHttp1() throws Exception {
        try (JettyTools jetty = JettyTools.tls(localhost, false)) {
            ToolServer server = open(jetty, Http2.AUTO);

            fifty(server, 0);
            fifty(server, 1);

            assertThat(jetty.protocols()).containsExactly("HTTP/1.1");
            assertThat(server.stats().opened()).isGreaterThan(2);
        }
    }

    @Test
    void tls_withoutHttp2_speaksHttp1() throws Exception {
        try (JettyTools jetty = JettyTools.tls(localhost, true)) {
            Calls.call(open(jetty, Http2.NEVER), "any");

            assertThat(jetty.protocols()).containsExactly("HTTP/1.1");
        }
    }

    @Test
    void tls_withHttp2Only_isRefusedByAServerWithout() throws Exception {
        try (JettyTools jetty = JettyTools.tls(localhost, false)) {
            McpException failure = Calls.failure(open(jetty, Http2.ALWAYS).call(Calls.request("any")));

            assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
        }
    }

    @Test
    void eventStreams_areReadWhileTheyCome() throws Exception {
        try (JettyTools jetty = JettyTools.clear()) {
            ToolServer server = open(jetty, Http2.ALWAYS);

            for (int i = 0; i < 20; i++) {
                assertThat(Calls.call(server, "stream")).isEqualTo(Http.content("stream"));
            }
            assertThat(server.anomalies().notices()).isEqualTo(20);
            assertThat(jetty.connections()).isEqualTo(1);
        }
    }

    @Test
    void largeAnswers_arrive() throws Exception {
        try (JettyTools jetty = JettyTools.clear()) {
            ToolServer server = open(jetty, Http2.ALWAYS);

            List<CompletableFuture<ToolResult>> results = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                results.add(server.call(Calls.request("large")));
            }
            for (CompletableFuture<ToolResult> result : results) {
                assertThat(result.join().json().length()).isGreaterThan(1_000_000);
            }
        }
    }
}
