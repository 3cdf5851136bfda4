package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpClientSettings.Sharing;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.FramePeer.Call;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.Peer;
import io.toolstream.testkit.raw.RawServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** HTTP/2 against a server that is no longer there, or never was one. */
final class Http2PeerLossTest extends FrameServers {
    @Test
    void connectionCut_mayHaveRun() {
        RawServer raw = frames((peer, n) -> peer.begin().call());

        McpException failure = Calls.failure(open(raw).call(Calls.request("any")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
    }

    @Test
    void deadPeer_isFoundOutByPings() {
        RawServer raw = frames((peer, n) -> {
            peer.begin();
            peer.mute();
            Call call = peer.call();
            while (call != null) {
                call = peer.call();
            }
        });
        ToolServer server = open(raw, pings(SHORT, SHORT));

        McpException failure = Calls.failure(server.call(Calls.request("any")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
    }

    private static McpClientSettings pings(Duration after, Duration wait) {
        Sharing d = Sharing.DEFAULT;
        return McpClientSettings.DEFAULT.withSharing(
                new Sharing(d.ioThreads(), d.maxInFlight(), d.outboundBytes(), after, wait, d.sockets()));
    }

    @Test
    void slowTool_onALivePeer_isWaitedFor() {
        RawServer raw = frames((peer, n) -> {
            peer.begin();
            for (Call call = peer.call(); call != null; call = peer.call()) {
                Call answered = call;
                CompletableFuture.delayedExecutor(2500, TimeUnit.MILLISECONDS)
                        .execute(() -> quietly(() -> peer.answer(answered)));
            }
        });
        ToolServer server = open(raw, pings(Duration.ofMillis(100), SHORT));

        assertThat(Calls.call(server, "slow")).isEqualTo(Http.content("slow"));
    }

    @Test
    void serverOfHttp1_isRefusedAtOnce() {
        RawServer raw = opened.server(peer -> {
            peer.bytes(24);
            peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        });

        McpException failure = Calls.failure(open(raw).call(Calls.request("any")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(failure).hasMessageContaining("does not speak HTTP/2");
    }

    @Test
    void serverThatSaysNothing_isGivenUpInTime() {
        RawServer raw = opened.server(Http2PeerLossTest::readOnly);
        McpClientSettings.TimeLimits d = McpClientSettings.TimeLimits.DEFAULT;
        ToolServer server = open(
                raw,
                McpClientSettings.DEFAULT.withTimes(new McpClientSettings.TimeLimits(
                        SHORT, d.firstByte(), d.idle(), d.total(), d.handshake(), d.probe())));

        McpException failure = Calls.failure(server.call(Calls.request("any")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
    }

    private static void readOnly(Peer peer) throws IOException {
        peer.bytes(1 << 20);
    }

    @Test
    void rotatingServer_failsNothing() {
        RawServer raw = frames((peer, n) -> {
            peer.begin();
            int answered = 0;
            for (Call call = peer.call(); call != null; call = peer.call()) {
                if (answered == 10) {
                    peer.goAway(call.stream() - 2);
                }
                if (answered < 10) {
                    answered++;
                    peer.answer(call);
                }
            }
        });
        ToolServer server = open(raw);

        for (int round = 0; round < 20; round++) {
            List<CompletableFuture<ToolResult>> results = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                results.add(server.call(Calls.request("t")));
            }
            results.forEach(CompletableFuture::join);
        }
        assertThat(raw.accepted()).isBetween(5, 30);
    }
}
