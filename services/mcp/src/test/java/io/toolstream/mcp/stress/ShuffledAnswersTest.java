package io.toolstream.mcp.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.FramePeer;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.RawRequest;
import io.toolstream.testkit.raw.RawServer;
import io.toolstream.testkit.raw.SocketPeer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Answers in random order over one connection: each gets to its call. {@code -Dtoolstream.mcp.shuffled=100000} is the long
 * form.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of calls is seen elsewhere
final class ShuffledAnswersTest {
    private static final int CALLS = Integer.getInteger("toolstream.mcp.shuffled", 10_000);
    private static final int BATCH = 100;
    private static final int IN_FLIGHT = 200;

    private final McpClient client = McpClient.create(McpClientSettings.DEFAULT);

    @AfterEach
    void close() {
        client.close().join();
    }

    @Test
    void overOneWebSocket_noneIsMixedUp() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        try (RawServer raw = new RawServer(peer -> {
            SocketPeer socket = SocketPeer.accept(peer);
            List<RawRequest> held = new ArrayList<>();
            for (RawRequest call = socket.call(); call != null; call = socket.call()) {
                held.add(call);
                if (held.size() == BATCH) {
                    Shuffle.in(held, random);
                    for (RawRequest each : held) {
                        socket.answer(each);
                    }
                    held.clear();
                }
            }
        })) {
            URI url = URI.create("ws://127.0.0.1:" + raw.port() + "/mcp");
            assertNoneMixedUp(client.open(new ServerSpec.WebSocket("socket", url, Map.of())));
            assertThat(raw.accepted()).isEqualTo(1);
        }
    }

    @Test
    void overOneHttp2Connection_noneIsMixedUp() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        try (RawServer raw = new RawServer(peer -> {
            FramePeer frames = new FramePeer(peer).begin();
            List<FramePeer.Call> held = new ArrayList<>();
            for (FramePeer.Call call = frames.call(); call != null; call = frames.call()) {
                held.add(call);
                if (held.size() == BATCH) {
                    Shuffle.in(held, random);
                    for (FramePeer.Call each : held) {
                        frames.answer(each);
                    }
                    held.clear();
                }
            }
        })) {
            McpClient one = McpClient.create(McpClientSettings.DEFAULT.withIoThreads(1));
            assertNoneMixedUp(one.open(new ServerSpec.Http("frames", raw.url(), Map.of(), ServerSpec.Http2.ALWAYS)));
            assertThat(raw.accepted()).isEqualTo(1);
            one.close().join();
        }
    }

    @Test
    void overOneChild_noneIsMixedUp() throws Exception {
        ToolServer server = client.open(Servers.stdio(BATCH));
        assertNoneMixedUp(server);
        assertThat(server.stats().opened()).isEqualTo(1);
    }

    private static void assertNoneMixedUp(ToolServer server) throws InterruptedException {
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        AtomicInteger right = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        for (int i = 0; i < CALLS; i++) {
            String tool = "tool-" + i;
            assertThat(inFlight.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            server.call(Calls.request(tool)).whenComplete((result, failure) -> {
                boolean isRight = failure == null && result.json().text().equals(Http.content(tool));
                (isRight ? right : wrong).incrementAndGet();
                inFlight.release();
            });
        }
        assertThat(inFlight.tryAcquire(IN_FLIGHT, 60, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong).hasValue(0);
        assertThat(right).hasValue(CALLS);
        assertThat(server.anomalies().strayAnswers()).isZero();
        await().untilAsserted(() -> assertThat(server.stats().inUse()).isZero());
    }
}
