package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.ConnectionStats;
import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpClientSettings.IdleLimits;
import io.toolstream.mcp.McpClientSettings.Pool;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.ModernTools;
import io.toolstream.testkit.raw.RawServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the pool promises, counted at the server: few connections, used again, none left idle while somebody waits. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of calls is seen elsewhere
final class PoolTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final CountDownLatch release = new CountDownLatch(1);
    private final RawServer raw = new RawServer(new ModernTools((request, peer) -> {
        if (request.tool().equals("held")) {
            awaitRelease();
        }
        peer.json(Http.result(request.id(), request.tool()));
    }));
    private McpClient client = McpClient.create(McpClientSettings.DEFAULT);

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        release.countDown();
        client.close().join();
        raw.close();
    }

    private ToolServer open(Pool pool) {
        client = McpClient.create(McpClientSettings.DEFAULT.withIoThreads(2).withPool(pool));
        return client.open(new ServerSpec.Http("pool", raw.url(), Map.of()));
    }

    private static Pool pool(int max, int min, Duration wait, Duration lifetime) {
        return new Pool(max, min, 1000, wait, lifetime, new IdleLimits(HOUR, HOUR));
    }

    @Test
    void poolOfTwo_withOneHeld_stillServesEverybody() {
        ToolServer server = open(pool(2, 0, Duration.ofSeconds(5), HOUR));
        Calls.call(server, "warm");
        CompletableFuture<ToolResult> held = server.call(Calls.request("held"));

        for (int round = 0; round < 20; round++) {
            List<CompletableFuture<ToolResult>> results = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                results.add(server.call(Calls.request("quick")));
            }
            results.forEach(CompletableFuture::join);
        }

        assertThat(held).isNotDone();
        assertThat(raw.accepted()).isLessThanOrEqualTo(2);
    }

    @Test
    void poolOfOne_servesInTurn_andTheWaitIsBounded() {
        ToolServer server = open(pool(1, 0, Duration.ofMillis(300), HOUR));
        List<CompletableFuture<ToolResult>> results = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            results.add(server.call(Calls.request("quick")));
        }
        results.forEach(CompletableFuture::join);
        server.call(Calls.request("held"));

        assertThat(Calls.failure(server.call(Calls.request("late"))).kind()).isEqualTo(Kind.POOL_EXHAUSTED);
        assertThat(raw.accepted()).isEqualTo(1);
    }

    @Test
    void steadyLoad_usesConnectionsAgain_andWaitsForNone() throws InterruptedException {
        ToolServer server = open(pool(64, 0, Duration.ofSeconds(5), HOUR));
        int calls = Integer.getInteger("toolstream.pool.calls", 10_000);
        Semaphore inFlight = new Semaphore(50);
        List<CompletableFuture<Void>> results = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            inFlight.acquire();
            results.add(server.call(Calls.request("quick")).thenAccept(result -> inFlight.release()));
        }
        results.forEach(CompletableFuture::join);

        ConnectionStats stats = server.stats();
        assertThat(raw.accepted()).as("connections at the server").isLessThan(calls / 100);
        assertThat(stats.opened()).isEqualTo(raw.accepted());
        assertThat(stats.reused()).isGreaterThan(calls * 99L / 100);
        assertThat(stats.borrow().count()).isGreaterThanOrEqualTo(calls);
        assertThat(stats.establish().count()).isEqualTo(stats.opened());
        System.out.printf(
                "%d calls over %d connections; wait for one p50 %d µs, p99 %d µs%n",
                calls,
                stats.opened(),
                stats.borrow().quantileNanos(0.5) / 1000,
                stats.borrow().quantileNanos(0.99) / 1000);
        assertThat(stats.borrow().quantileNanos(0.99))
                .isLessThan(Duration.ofMillis(50).toNanos());
    }

    /** A busy machine may stall any thread, so the best of a few tries counts. */
    @Test
    void moderateLoad_getsItsConnectionsInLessThanFiveMilliseconds() throws InterruptedException {
        long best = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && best > Duration.ofMillis(5).toNanos(); attempt++) {
            ToolServer server = open(pool(64, 0, Duration.ofSeconds(5), HOUR));
            drive(server, 3000, 4);
            best = Math.min(best, server.stats().borrow().quantileNanos(0.99));
            client.close().join();
        }

        System.out.printf("4 in flight: wait for a connection p99 %d µs%n", best / 1000);
        assertThat(best).isLessThan(Duration.ofMillis(5).toNanos());
    }

    private static void drive(ToolServer server, int calls, int most) throws InterruptedException {
        Semaphore inFlight = new Semaphore(most);
        for (int i = 0; i < calls; i++) {
            inFlight.acquire();
            server.call(Calls.request("quick")).whenComplete((result, failure) -> inFlight.release());
        }
        inFlight.acquire(most);
    }

    @Test
    void oldConnections_areReplaced_andNobodyNotices() {
        ToolServer server = open(pool(4, 0, Duration.ofSeconds(5), Duration.ofMillis(100)));

        await().untilAsserted(() -> {
            Calls.call(server, "quick");
            assertThat(raw.accepted()).isGreaterThan(3);
        });
        await().untilAsserted(() -> assertThat(raw.open()).isZero());
    }

    @Test
    void warmConnections_areKept() {
        ToolServer server = open(pool(8, 4, Duration.ofSeconds(5), HOUR));

        Calls.call(server, "quick");

        await().untilAsserted(() -> assertThat(server.stats().idle()).isBetween(2, 4));
    }
}
