package io.toolstream.mcp.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.RawServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Calls given up at random moments: each ends exactly once, and nothing is left of any. {@code
 * -Dtoolstream.mcp.cancels=1000000} is the long form. Over HTTP/1.1 every cancel costs a connection, so there it is a
 * tenth.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of calls is seen elsewhere
final class RandomCancelsTest {
    private static final int CALLS = Integer.getInteger("toolstream.mcp.cancels", 5_000);
    private static final int IN_FLIGHT = 50;

    @ParameterizedTest
    @EnumSource(
            value = Servers.class,
            names = {"HTTP_1", "HTTP_2", "WEB_SOCKET", "STDIO"})
    void everyCall_endsOnce_andLeavesNothing(Servers kind) throws Exception {
        long seed = Long.getLong("toolstream.seed", System.nanoTime());
        System.out.println(kind + ", seed " + seed);
        McpClient client = McpClient.create(McpClientSettings.DEFAULT);
        try (RawServer raw = kind.start()) {
            ToolServer server = client.open(kind.spec(raw));
            Calls.call(server, "warm");

            Tally tally = drive(server, kind == Servers.HTTP_1 ? CALLS / 10 : CALLS, new SplittableRandom(seed));

            assertThat(tally.wrong).hasValue(0);
            assertThat(tally.cancelled).hasPositiveValue();
            assertThat(tally.answered).hasPositiveValue();
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                assertThat(server.stats().inUse()).isZero();
                assertThat(server.stats().waiting()).isZero();
            });
            assertThat(Calls.call(server, "after")).isEqualTo(Http.content("after"));
        } finally {
            client.close().join();
        }
    }

    /** How calls ended. */
    private static final class Tally {
        private final AtomicInteger answered = new AtomicInteger();
        private final AtomicInteger cancelled = new AtomicInteger();
        private final AtomicInteger wrong = new AtomicInteger();

        void ended(String tool, ToolResult result, Throwable failure) {
            if (failure instanceof CancellationException || failure instanceof McpException) {
                cancelled.incrementAndGet();
            } else if (failure == null && result.json().text().equals(Http.content(tool))) {
                answered.incrementAndGet();
            } else {
                wrong.incrementAndGet();
            }
        }
    }

    private static Tally drive(ToolServer server, int calls, SplittableRandom random) throws InterruptedException {
        Tally tally = new Tally();
        Semaphore permits = new Semaphore(IN_FLIGHT);
        ArrayDeque<CompletableFuture<ToolResult>> recent = new ArrayDeque<>();
        for (int i = 0; i < calls; i++) {
            String tool = "tool-" + i;
            assertThat(permits.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<ToolResult> call = server.call(Calls.request(tool));
            call.whenComplete((result, failure) -> {
                tally.ended(tool, result, failure);
                permits.release();
            });
            recent.add(call);
            if (recent.size() > random.nextInt(1, 40)) {
                recent.remove();
            }
            if (random.nextInt(4) == 0 && !recent.isEmpty()) {
                (random.nextBoolean() ? recent.peekLast() : recent.peekFirst()).cancel(true);
            }
        }
        assertThat(permits.tryAcquire(IN_FLIGHT, 60, TimeUnit.SECONDS)).isTrue();
        assertThat(tally.answered.get() + tally.cancelled.get() + tally.wrong.get())
                .isEqualTo(calls);
        assertThat(permits.availablePermits()).isZero();
        return tally;
    }
}
