package io.toolstream.mcp.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.CatalogueListener;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.RawRequest;
import io.toolstream.testkit.raw.RawServer;
import io.toolstream.testkit.raw.SocketPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Calls over a WebSocket, and every way in which one ends. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of calls is seen elsewhere
final class WebSocketTest extends SocketServers {
    @Test
    void manyCalls_shareOneSocket_inAnyOrderOfAnswers() {
        RawServer raw = sockets(peer -> {
            List<RawRequest> calls = new ArrayList<>();
            while (calls.size() < 200) {
                calls.add(peer.next());
            }
            for (int i = 199; i >= 0; i--) {
                peer.answer(calls.get(i));
            }
            peer.readToTheEnd();
        });
        ToolServer server = open(raw);

        List<CompletableFuture<ToolResult>> results = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            results.add(server.call(Calls.request("tool-" + i)));
        }

        for (int i = 0; i < 200; i++) {
            assertThat(results.get(i).join().json().text()).isEqualTo(Http.content("tool-" + i));
        }
        assertThat(raw.accepted()).isEqualTo(1);
    }

    @Test
    void fragments_withPingsBetween_makeOneMessage() {
        RawServer raw = sockets(peer -> {
            for (RawRequest call = peer.call(); call != null; call = peer.call()) {
                peer.fragments(Http.result(call.id(), "ä".repeat(1000)), 7);
            }
        });

        assertThat(Calls.call(open(raw), "any")).isEqualTo(Http.content("ä".repeat(1000)));
        await().untilAsserted(() ->
                assertThat(Objects.requireNonNull(seen.get()).pongs()).isGreaterThan(100));
    }

    @Test
    void closedByTheServer_failsWhatIsUnderWay_andTheNextCallReconnects() {
        RawServer raw = sockets(peer -> {
            RawRequest call = peer.next();
            if (call.tool().equals("first")) {
                peer.close(1012);
                peer.readToTheEnd();
            } else {
                peer.answer(call);
                peer.readToTheEnd();
            }
        });
        ToolServer server = open(raw);

        McpException failure = Calls.failure(server.call(Calls.request("first")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(failure).hasMessageContaining("1012");
        assertThat(Calls.call(server, "second")).isEqualTo(Http.content("second"));
        assertThat(raw.accepted()).isEqualTo(2);
        assertThat(server.stats().opened()).isEqualTo(2);
    }

    @Test
    void connectionCut_mayHaveRun() {
        ToolServer server = open(sockets(SocketPeer::call));

        McpException failure = Calls.failure(server.call(Calls.request("any")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
    }

    @Test
    void silentServer_isFoundOutByPings() {
        RawServer raw = sockets(peer -> {
            peer.mute();
            peer.readToTheEnd();
        });
        ToolServer server = open(raw, sharing(10, 1000, SHORT));

        McpException failure = Calls.failure(server.call(Calls.request("any")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
    }

    @Test
    void slowTool_ofALiveServer_isWaitedFor() {
        RawServer raw = sockets(peer -> {
            for (RawRequest call = peer.call(); call != null; call = peer.call()) {
                RawRequest answered = call;
                CompletableFuture.delayedExecutor(2500, TimeUnit.MILLISECONDS).execute(() -> {
                    try {
                        peer.answer(answered);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        });

        assertThat(Calls.call(open(raw, sharing(10, 1000, SHORT)), "slow")).isEqualTo(Http.content("slow"));
    }

    @Test
    void tooManyUnderWay_isNotSent() {
        ToolServer server = open(sockets(SocketPeer::readToTheEnd), sharing(2, 10_000, Duration.ofSeconds(10)));
        server.call(Calls.request("a"));
        server.call(Calls.request("b"));

        McpException failure = Calls.failure(server.call(Calls.request("c")));

        assertThat(failure.kind()).isEqualTo(Kind.POOL_EXHAUSTED);
        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
    }

    @Test
    void cancel_tellsTheServer_andKeepsTheSocket() {
        RawServer raw = sockets(peer -> {
            for (RawRequest call = peer.call(); call != null; call = peer.call()) {
                if (!call.tool().equals("slow")) {
                    peer.answer(call);
                }
            }
        });
        ToolServer server = open(raw);
        CompletableFuture<ToolResult> slow = server.call(Calls.request("slow"));
        Calls.call(server, "other");

        slow.cancel(true);

        await().untilAsserted(
                        () -> assertThat(Objects.requireNonNull(seen.get()).others())
                                .anyMatch(told -> told.rpc().equals("notifications/cancelled")));
        assertThat(Calls.call(server, "again")).isEqualTo(Http.content("again"));
        assertThat(raw.accepted()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(server.stats().inUse()).isZero());
    }

    @Test
    void timeout_freesTheCall_andLateAnswersAreCounted() {
        RawServer raw = sockets(peer -> {
            RawRequest late = peer.next();
            RawRequest next = peer.next();
            peer.answer(late);
            peer.answer(next);
            peer.readToTheEnd();
        });
        ToolServer server = open(raw);
        server.probe().join();

        McpException failure = Calls.failure(server.call(Calls.request("slow", SHORT)));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(Calls.call(server, "next")).isEqualTo(Http.content("next"));
        assertThat(server.anomalies().strayAnswers()).isEqualTo(1);
    }

    @Test
    void hugeMessage_closesTheSocketWith1009() {
        RawServer raw = sockets(peer -> {
            RawRequest call = peer.next();
            peer.fragments(Http.result(call.id(), "x".repeat(300_000)), 100_000);
            peer.readToTheEnd();
        });
        McpClientSettings.AnswerLimits d = McpClientSettings.AnswerLimits.DEFAULT;
        ToolServer server = open(
                raw,
                McpClientSettings.DEFAULT.withAnswers(
                        new McpClientSettings.AnswerLimits(100_000, 100_000, d.pages(), d.tools(), d.depth())));

        McpException failure = Calls.failure(server.call(Calls.request("any")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        await().untilAsserted(() ->
                assertThat(Objects.requireNonNull(seen.get()).closeCode()).isEqualTo(1009));
    }

    @Test
    void binaryMessage_closesTheSocketWith1003() {
        RawServer raw = sockets(peer -> {
            peer.call();
            peer.frame(SocketPeer.BINARY, true, "{}".getBytes(StandardCharsets.UTF_8));
            peer.readToTheEnd();
        });

        assertThat(Calls.failure(open(raw).call(Calls.request("any"))).kind()).isEqualTo(Kind.PROTOCOL);
        await().untilAsserted(() ->
                assertThat(Objects.requireNonNull(seen.get()).closeCode()).isEqualTo(1003));
    }

    @Test
    void compressedFrame_nobodyAskedFor_isRefused() {
        RawServer raw = sockets(peer -> {
            peer.call();
            peer.frame(0x40 | SocketPeer.TEXT, true, new byte[] {1, 2, 3});
            peer.readToTheEnd();
        });

        assertThat(Calls.failure(open(raw).call(Calls.request("any"))).kind()).isEqualTo(Kind.CONNECTION_LOST);
    }

    @Test
    void garbage_isCounted_andHarmsNobody() {
        RawServer raw = sockets(peer -> {
            for (RawRequest call = peer.call(); call != null; call = peer.call()) {
                peer.send("nonsense");
                peer.send("");
                peer.answer(call);
                peer.answer(call);
            }
        });
        ToolServer server = open(raw);

        Calls.call(server, "a");
        Calls.call(server, "b");

        assertThat(server.anomalies().unreadable()).isEqualTo(4);
        assertThat(server.anomalies().strayAnswers()).isBetween(1L, 2L);
    }

    @Test
    void close_failsWhatIsUnderWay_andSaysGoodBye() {
        RawServer raw = sockets(SocketPeer::readToTheEnd);
        ToolServer server = open(raw);
        CompletableFuture<ToolResult> call = server.call(Calls.request("slow"));
        await().untilAsserted(() -> assertThat(server.stats().inUse()).isEqualTo(1));

        server.close().join();

        assertThat(Calls.failure(call).kind()).isEqualTo(Kind.CLOSED);
        await().untilAsserted(() ->
                assertThat(Objects.requireNonNull(seen.get()).closeCode()).isEqualTo(1000));
        assertThat(Calls.failure(server.call(Calls.request("late"))).kind()).isEqualTo(Kind.CLOSED);
    }

    @Test
    void subscriptionThatTheServerEnds_isOpenedAgain_andNotCancelledByUs() {
        ToolServer server = open(sockets(SocketPeer::answerAll));
        Calls.call(server, "any");
        SocketPeer peer = Objects.requireNonNull(seen.get());
        server.watch(new CatalogueListener() {});
        await().untilAsserted(
                        () -> assertThat(said(peer, "subscriptions/listen")).hasSize(1));

        quietly(() -> peer.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
                + said(peer, "subscriptions/listen").get(0).id() + "}}"));

        await().untilAsserted(
                        () -> assertThat(said(peer, "subscriptions/listen")).hasSize(2));
        assertThat(said(peer, "notifications/cancelled")).isEmpty();
        assertThat(Calls.call(server, "next")).isEqualTo(Http.content("next"));
    }

    private static List<RawRequest> said(SocketPeer peer, String method) {
        return peer.others().stream()
                .filter(request -> request.rpc().equals(method))
                .toList();
    }

    private interface Saying {
        void say() throws IOException;
    }

    private static void quietly(Saying saying) {
        try {
            saying.say();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
