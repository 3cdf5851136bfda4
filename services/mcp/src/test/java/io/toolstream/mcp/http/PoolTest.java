package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.ConnectionStats;
import io.toolstream.mcp.Latencies;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the pool promises, counted at the server: few connections, used again, none left idle while somebody waits. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of calls is seen elsewhere
final class PoolTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONG = Duration.ofSeconds(20);

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
        ToolServer server = open(pool(2, 0, LONG, HOUR));
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
    void poolOfOne_servesInTurn() {
        ToolServer server = open(pool(1, 0, LONG, HOUR));
        List<CompletableFuture<ToolResult>> results = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            results.add(server.call(Calls.request("quick")));
        }
        results.forEach(CompletableFuture::join);

        assertThat(raw.accepted()).isEqualTo(1);
    }

    @Test
    void poolOfOne_whileItsConnectionIsHeld_hasTheOthersWaitForABoundedTime() {
        ToolServer server = open(pool(1, 0, Duration.ofMillis(300), HOUR));
        Calls.call(server, "warm");
        server.call(Calls.request("held"));

        assertThat(Calls.failure(server.call(Calls.request("late"))).kind()).isEqualTo(Kind.POOL_EXHAUSTED);
        assertThat(raw.accepted()).isEqualTo(1);
    }

    @Test
    void steadyLoad_usesConnectionsAgain_andWaitsForNone() throws InterruptedException {
        ToolServer server = open(pool(64, 0, LONG, HOUR));
        int calls = Integer.getInteger("toolstream.pool.calls", 10_000);
        long hopNanos = drive(server, calls, 50);

        ConnectionStats stats = server.stats();
        assertThat(raw.accepted()).as("connections at the server").isLessThan(calls / 100);
        assertThat(stats.opened()).isEqualTo(raw.accepted());
        assertThat(stats.reused()).isGreaterThan(calls * 99L / 100);
        assertThat(stats.borrow().count()).isGreaterThanOrEqualTo(calls);
        assertThat(stats.establish().count()).isEqualTo(stats.opened());
        System.out.printf(
                "%d calls over %d connections; wait for one p50 %d µs, p99 %d µs; hop p99 %d µs%n",
                calls,
                stats.opened(),
                stats.borrow().quantileNanos(0.5) / 1000,
                stats.borrow().quantileNanos(0.99) / 1000,
                hopNanos / 1000);
        // With fifty at once it is the machine that the slow ones wait for: what half of them take is the pool's.
        assertThat(stats.borrow().quantileNanos(0.5))
                .isLessThan(Duration.ofMillis(50).toNanos() + 4 * hopNanos);
    }

    /**
     * A busy machine may stall any thread: what it does so to others at the same time is added. The slowest calls of all
     * tell more of the machine than of the pool, so they are printed and the nine in ten below them are judged.
     */
    @Test
    void moderateLoad_getsItsConnectionsInLessThanFiveMilliseconds() throws InterruptedException {
        ToolServer server = open(pool(64, 0, LONG, HOUR));
        long hopNanos = drive(server, 5_000, 4);
        Latencies borrow = server.stats().borrow();

        System.out.printf(
                "4 in flight: wait p90 %d µs, p99 %d µs; hop p99 %d µs%n",
                borrow.quantileNanos(0.9) / 1000, borrow.quantileNanos(0.99) / 1000, hopNanos / 1000);
        assertThat(borrow.quantileNanos(0.9)).isLessThan(Duration.ofMillis(5).toNanos() + 2 * hopNanos);
    }

    /** Returns the time in which, meanwhile, 99 of 100 tasks began that were given to an idle thread. */
    private static long drive(ToolServer server, int calls, int most) throws InterruptedException {
        long[] hopsNanos = new long[calls];
        ExecutorService idle = Executors.newSingleThreadExecutor();
        Semaphore inFlight = new Semaphore(most);
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < calls; i++) {
            inFlight.acquire();
            int hop = i;
            long began = System.nanoTime();
            idle.execute(() -> hopsNanos[hop] = System.nanoTime() - began);
            server.call(Calls.request("quick")).whenComplete((result, failure) -> {
                failed.addAndGet(failure == null ? 0 : 1);
                inFlight.release();
            });
        }
        inFlight.acquire(most);
        assertThat(failed).hasValue(0);
        idle.shutdown();
        assertThat(idle.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        Arrays.sort(hopsNanos);
        return hopsNanos[calls * 99 / 100];
    }

    @Test
    void oldConnections_areReplaced_andNobodyNotices() {
        ToolServer server = open(pool(4, 0, LONG, Duration.ofMillis(100)));

        await().untilAsserted(() -> {
            Calls.call(server, "quick");
            assertThat(raw.accepted()).isGreaterThan(3);
        });
        await().untilAsserted(() -> assertThat(raw.open()).isZero());
    }

    @Test
    void warmConnections_areKept() {
        ToolServer server = open(pool(8, 4, LONG, HOUR));

        Calls.call(server, "quick");

        await().untilAsserted(() -> assertThat(server.stats().idle()).isBetween(2, 4));
    }
}
