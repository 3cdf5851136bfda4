package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpClientSettings.IdleLimits;
import io.toolstream.mcp.McpClientSettings.Pool;
import io.toolstream.mcp.McpClientSettings.TimeLimits;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.Pause;
import io.toolstream.testkit.raw.Peer;
import io.toolstream.testkit.raw.RawRequest;
import io.toolstream.testkit.raw.RawServer;
import io.toolstream.testkit.raw.StubTools;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time limits, cancelling, waiting, idling, closing. */
final class HttpTimeTest {
    private static final TimeLimits SHORT = new TimeLimits(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));

    private static final Duration LONG = Duration.ofSeconds(30);

    private McpClient client = McpClient.create(McpClientSettings.DEFAULT);

    @AfterEach
    void close() {
        client.close().join();
    }

    private ToolServer open(URI url) {
        return client.open(new ServerSpec.Http("stub", url, Map.of()));
    }

    private void with(TimeLimits times) {
        client = McpClient.create(McpClientSettings.DEFAULT.withTimes(times));
    }

    private void with(Pool pool) {
        client = McpClient.create(McpClientSettings.DEFAULT.withPool(pool).withIoThreads(1));
    }

    private static Pool pool(int max, int waiting, Duration wait) {
        return new Pool(max, 0, waiting, wait, Duration.ofMinutes(1), IdleLimits.DEFAULT);
    }

    private static StubTools never() {
        return new StubTools((request, peer) -> {});
    }

    @Test
    void call_answeredTooLate_timesOutTellsTheServerAndFreesTheSlot() {
        StubTools stub = never();
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw.url());
            server.probe().join();

            McpException failure = Calls.failure(server.call(Calls.request("any", Duration.ofMillis(600))));

            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
            await().untilAsserted(() -> assertThat(stub.requests("notifications/cancelled"))
                    .singleElement()
                    .satisfies(notice -> assertThat(notice.body())
                            .contains("\"requestId\":"
                                    + stub.requests("tools/call").get(0).id())));
            await().untilAsserted(() -> assertThat(server.stats().inUse()).isZero());
        }
    }

    @Test
    void call_thatIsCancelled_tellsTheServerAndFreesTheSlot() {
        StubTools stub = never();
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw.url());
            CompletableFuture<ToolResult> call = server.call(Calls.request("any"));
            await().untilAsserted(() -> assertThat(stub.requests("tools/call")).hasSize(1));

            call.cancel(true);

            await().untilAsserted(() ->
                    assertThat(stub.requests("notifications/cancelled")).hasSize(1));
            await().untilAsserted(() -> assertThat(server.stats().inUse()).isZero());
        }
    }

    @Test
    void call_thatSomebodyElseCompletes_isEndedAsWell() {
        StubTools stub = never();
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw.url());

            CompletableFuture<ToolResult> call = server.call(Calls.request("any"));
            await().untilAsserted(() -> assertThat(stub.requests("tools/call")).hasSize(1));

            call.completeExceptionally(new TimeoutException());

            await().untilAsserted(() ->
                    assertThat(stub.requests("notifications/cancelled")).hasSize(1));
        }
    }

    @Test
    void slowAnswers_areEndedByTheLimitThatTheyBreak() {
        with(SHORT);
        StubTools stub = new StubTools((request, peer) -> drip(request, peer));
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw.url());
            server.probe().join();

            assertThat(timeout(server, "head", 5)).hasMessageContaining("first byte");
            assertThat(timeout(server, "stall", 5)).hasMessageContaining("stalled");
            assertThat(timeout(server, "comments", 2)).hasMessageContaining("in time");
        }
    }

    private static McpException timeout(ToolServer server, String tool, int seconds) {
        McpException failure = Calls.failure(server.call(Calls.request(tool, Duration.ofSeconds(seconds))));
        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        return failure;
    }

    private static void drip(RawRequest request, Peer peer) throws IOException {
        switch (request.tool()) {
            case "head" -> {
                for (char c : Http.json(200, "{}").toCharArray()) {
                    peer.write(String.valueOf(c));
                    Pause.millis(50);
                }
            }
            case "stall" ->
                peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
            default -> {
                peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                for (int i = 0; i < 1000; i++) {
                    peer.write(Http.chunk(": still here\n\n"));
                    Pause.millis(20);
                }
            }
        }
    }

    @Test
    void call_beyondThePool_waitsItsTurn() {
        with(pool(2, 100, LONG));
        StubTools stub = new StubTools((request, peer) -> {
            Pause.millis(20);
            peer.json(Http.result(request.id(), request.tool()));
        });
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw.url());
            List<CompletableFuture<ToolResult>> all = new ArrayList<>();

            for (int i = 0; i < 20; i++) {
                all.add(server.call(Calls.request("t" + i)));
            }

            for (int i = 0; i < 20; i++) {
                assertThat(all.get(i).join().json().text()).isEqualTo(Http.content("t" + i));
            }
            assertThat(raw.accepted()).isEqualTo(2);
            await().untilAsserted(() -> assertThat(server.stats().waiting()).isZero());
        }
    }

    @Test
    void call_thatWaitsTooLongForAConnection_failsAsNotSent() {
        with(pool(1, 1, Duration.ofSeconds(1)));
        StubTools stub = never();
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw.url());
            CompletableFuture<ToolResult> first = server.call(Calls.request("first"));
            await().untilAsserted(() -> assertThat(stub.requests("tools/call")).hasSize(1));

            CompletableFuture<ToolResult> second = server.call(Calls.request("second"));
            CompletableFuture<ToolResult> third = server.call(Calls.request("third"));

            for (CompletableFuture<ToolResult> each : List.of(second, third)) {
                McpException failure = Calls.failure(each);
                assertThat(failure.kind()).isEqualTo(Kind.POOL_EXHAUSTED);
                assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
            }
            assertThat(Calls.failure(third)).hasMessageContaining("too many");
            assertThat(first).isNotDone();
        }
    }

    @Test
    void call_withoutTimeLeft_isNotSent() {
        StubTools stub = StubTools.echo();
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw.url());
            server.probe().join();

            McpException failure = Calls.failure(server.call(Calls.request("any", Duration.ofNanos(1))));

            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
            assertThat(stub.requests("tools/call")).isEmpty();
        }
    }

    @Test
    void call_whileTheSessionIsOpened_timesOutByItself() {
        try (RawServer raw = new RawServer(peer -> {
            peer.read();
            peer.awaitEnd();
        })) {
            ToolServer server = open(raw.url());

            McpException failure = Calls.failure(server.call(Calls.request("any", Duration.ofMillis(150))));

            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        }
    }

    /** The server never closes it; unannounced, it would be kept for seconds. When, is told by {@link KeepAliveTest}. */
    @Test
    void idleConnection_isClosedBeforeTheServerWould() {
        with(new Pool(8, 0, 10, LONG, Duration.ofHours(1), new IdleLimits(Duration.ofHours(1), Duration.ofHours(1))));
        StubTools stub = new StubTools((request, peer) -> peer.write(
                Http.response(200, "application/json", "Keep-Alive: timeout=1\r\n", Http.result(request.id(), "x"))));
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw.url());
            Calls.call(server, "any");

            await().untilAsserted(() -> assertThat(raw.open()).isZero());

            await().untilAsserted(() -> assertThat(server.stats().idle()).isZero());
            assertThat(Calls.call(server, "any")).isEqualTo(Http.content("x"));
        }
    }

    @Test
    void warmMinimum_isKeptOnceTheServerWasUsed() {
        with(new Pool(
                8, 3, 10, LONG, Duration.ofMinutes(1), new IdleLimits(Duration.ofMillis(300), Duration.ofMillis(300))));
        try (RawServer raw = new RawServer(StubTools.echo())) {
            ToolServer server = open(raw.url());
            assertThat(raw.accepted()).isZero();
            Calls.call(server, "any");

            await().untilAsserted(() -> assertThat(server.stats().idle()).isEqualTo(3));
            await().untilAsserted(() -> assertThat(raw.accepted()).isGreaterThanOrEqualTo(9));
            await().untilAsserted(() -> assertThat(server.stats().idle()).isEqualTo(3));
        }
    }

    @Test
    void connection_beyondItsLifetime_isReplaced() {
        with(new Pool(8, 0, 10, LONG, Duration.ofMillis(200), new IdleLimits(LONG, LONG)));
        try (RawServer raw = new RawServer(StubTools.echo())) {
            ToolServer server = open(raw.url());
            Calls.call(server, "any");
            await().untilAsserted(
                            () -> assertThat(raw.open()).as("beyond its life").isZero());
            int before = raw.accepted();

            Calls.call(server, "any");

            assertThat(raw.accepted()).isEqualTo(before + 1);
        }
    }

    /** The server closes what is idle for a second and says so; the calls come with all kinds of gaps. */
    @Test
    void tenThousandCalls_acrossIdleClosing_allSucceed() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        StubTools stub = new StubTools((request, peer) -> {
            peer.closeWhenIdleFor(1000);
            peer.write(Http.response(
                    200, "application/json", "Keep-Alive: timeout=1\r\n", Http.result(request.id(), "x")));
        });
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw.url());
            List<CompletableFuture<Void>> chains = new ArrayList<>();

            for (int i = 0; i < 50; i++) {
                chains.add(chain(server, random.split(), 200));
            }

            assertThat(CompletableFuture.allOf(chains.toArray(CompletableFuture[]::new)))
                    .as("seed %d", seed)
                    .succeedsWithin(Duration.ofMinutes(2));
            assertThat(stub.requests("tools/call")).hasSize(10_000);
        }
    }

    private static CompletableFuture<Void> chain(ToolServer server, SplittableRandom random, int left) {
        if (left == 0) {
            return CompletableFuture.completedFuture(null);
        }
        long gapMillis = random.nextInt(50) == 0 ? random.nextInt(450, 1100) : random.nextInt(3);
        return server.call(Calls.request("any"))
                .thenComposeAsync(
                        result -> chain(server, random, left - 1),
                        CompletableFuture.delayedExecutor(gapMillis, TimeUnit.MILLISECONDS));
    }

    @Test
    void close_leavesNoSocketAndNoThread() {
        StubTools stub = StubTools.echo();
        try (RawServer raw = new RawServer(stub)) {
            McpClient mine = McpClient.create(McpClientSettings.DEFAULT.withIoThreads(3));
            ToolServer server = mine.open(new ServerSpec.Http("stub", raw.url(), Map.of()));
            List<CompletableFuture<ToolResult>> all = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                all.add(server.call(Calls.request("t" + i)));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();

            mine.close().join();

            await().untilAsserted(() -> assertThat(raw.open()).isZero());
            await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("io-") || name.startsWith("mcp-")));
            assertThat(Calls.failure(server.call(Calls.request("late"))).kind()).isEqualTo(Kind.CLOSED);
        }
    }

    @Test
    void close_withCallsUnderWay_failsThem() {
        StubTools stub = never();
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw.url());
            CompletableFuture<ToolResult> call = server.call(Calls.request("any"));
            await().untilAsserted(() -> assertThat(stub.requests("tools/call")).hasSize(1));

            client.close().join();

            assertThat(Calls.failure(call).kind()).isEqualTo(Kind.CLOSED);
            assertThat(Calls.failure(call).delivery()).isEqualTo(Delivery.MAYBE);
        }
    }
}
