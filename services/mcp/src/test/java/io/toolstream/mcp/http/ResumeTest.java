package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.Peer;
import io.toolstream.testkit.raw.RawRequest;
import io.toolstream.testkit.raw.RawServer;
import io.toolstream.testkit.raw.StubTools;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that come in several streams (up to 2025-11-25): {@code Last-Event-ID} and {@code retry}. */
final class ResumeTest {
    private final McpClient client = McpClient.create(McpClientSettings.DEFAULT);
    private final List<RawRequest> gets = new CopyOnWriteArrayList<>();
    private final List<Long> times = new CopyOnWriteArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile long asked;
    private RawServer raw = new RawServer(peer -> {});

    /** What the server answers when it is asked for the rest. */
    private interface Rest {
        void answer(RawRequest get, Peer peer) throws IOException;
    }

    @AfterEach
    void close() {
        client.close().join();
        raw.close();
    }

    private ToolServer open(StubTools.Calls calls, Rest rest) {
        StubTools stub = new StubTools((request, peer) -> {
            asked = request.id();
            times.add(System.nanoTime()); // before: whoever has the answer may be quicker than this thread
            calls.answer(request, peer);
            answered.incrementAndGet();
        });
        raw.close();
        raw = new RawServer(peer -> {
            for (RawRequest request = peer.read(); request != null; request = peer.read()) {
                if (request.method().equals("GET")) {
                    times.add(System.nanoTime());
                    gets.add(request);
                    rest.answer(request, peer);
                } else {
                    stub.answer(request, peer);
                }
            }
        });
        return client.open(new ServerSpec.Http("stub", raw.url(), Map.of()));
    }

    private static final StubTools.Calls PRIMED =
            (request, peer) -> peer.write(Http.sse("id: e1\nretry: 300\ndata:\n\n"));

    @Test
    void streamThatEndsEarly_isResumed_afterTheTimeTheServerWants() {
        ToolServer server = open(PRIMED, (get, peer) -> peer.write(Http.sse(Http.event(Http.result(asked, "late")))));

        assertThat(Calls.call(server, "any")).isEqualTo(Http.content("late"));
        assertThat(gets).hasSize(1);
        assertThat(gets.get(0).header("last-event-id")).isEqualTo("e1");
        assertThat(gets.get(0).header("mcp-session-id")).isEqualTo("session-1");
        assertThat(gets.get(0).header("accept")).isEqualTo("text/event-stream");
        assertThat(Duration.ofNanos(times.get(1) - times.get(0)))
                .isBetween(Duration.ofMillis(290), Duration.ofSeconds(15));
    }

    @Test
    void connectionThatBreaks_isResumedToo() {
        ToolServer server = open(
                (request, peer) -> {
                    peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n" + Http.chunk("id: 7\nretry: 10\ndata:\n\n"));
                    peer.reset();
                },
                (get, peer) -> peer.write(Http.sse(Http.event(Http.result(asked, "late")))));

        assertThat(Calls.call(server, "any")).isEqualTo(Http.content("late"));
        assertThat(gets.get(0).header("last-event-id")).isEqualTo("7");
    }

    @Test
    void resumedStream_mayEndEarlyItself() {
        ToolServer server = open(
                (request, peer) -> peer.write(Http.sse("id: 1\nretry: 10\ndata:\n\n")),
                (get, peer) -> peer.write(
                        gets.size() < 5
                                ? Http.sse("id: " + (gets.size() + 1) + "\ndata:\n\n")
                                : Http.sse(Http.event(Http.result(asked, "late")))));

        assertThat(Calls.call(server, "any")).isEqualTo(Http.content("late"));
        assertThat(gets).extracting(get -> get.header("last-event-id")).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void streamsThatBringNothingNew_areGivenUp() {
        ToolServer server = open(
                (request, peer) -> peer.write(Http.sse("id: 1\nretry: 1\ndata:\n\n")),
                (get, peer) -> peer.write(Http.sse("id: 1\nretry: 1\ndata:\n\n")));

        McpException failure = Calls.failure(server.call(Calls.request("any")));

        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(gets).hasSize(3);
    }

    @Test
    void serverThatDoesNotResume_failsTheCall_whichMayHaveRun() {
        ToolServer server = open(
                (request, peer) -> peer.write(Http.sse("id: 1\nretry: 1\ndata:\n\n")),
                (get, peer) -> peer.write(Http.json(405, "")));

        McpException failure = Calls.failure(server.call(Calls.request("any")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(failure).hasMessageContaining("405");
    }

    @Test
    void streamWithoutIds_isNotResumed() {
        ToolServer server =
                open((request, peer) -> peer.write(Http.sse("retry: 1\ndata:\n\n")), (get, peer) -> peer.accept());

        assertThat(Calls.failure(server.call(Calls.request("any"))).delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(gets).isEmpty();
    }

    @Test
    void cancelWhileWaiting_endsTheCall() throws Exception {
        ToolServer server = open(
                (request, peer) -> peer.write(Http.sse("id: 1\nretry: 20000\ndata:\n\n")),
                (get, peer) -> peer.accept());
        CompletableFuture<ToolResult> call = server.call(Calls.request("any"));
        await().until(() -> answered.get() == 1);

        call.cancel(true);

        server.close().get(15, TimeUnit.SECONDS);
        assertThat(gets).isEmpty();
    }

    @Test
    void waitBeyondTheDeadline_failsAtOnce() {
        ToolServer server = open(
                (request, peer) -> peer.write(Http.sse("id: 1\nretry: 20000\ndata:\n\n")),
                (get, peer) -> peer.accept());

        McpException failure = Calls.failure(server.call(Calls.request("any", Duration.ofSeconds(10))));

        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(gets).isEmpty();
    }
}
