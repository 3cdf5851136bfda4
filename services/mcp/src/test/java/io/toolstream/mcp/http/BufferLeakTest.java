package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
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
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Netty's leak detector, which the build sets to paranoid, has nothing to tell after every kind of ending. */
final class BufferLeakTest {
    private final Logger detector = Logger.getLogger("io.netty.util.ResourceLeakDetector");
    private final List<String> leaks = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getMessage().contains("LEAK")) {
                leaks.add(record.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        detector.addHandler(handler);
        detector.setUseParentHandlers(false);
    }

    @AfterEach
    void listenNoMore() {
        detector.removeHandler(handler);
        detector.setUseParentHandlers(true);
    }

    @Test
    void callsWithEveryKindOfEnding_leakNothing() {
        try (RawServer raw = new RawServer(new StubTools(BufferLeakTest::answer))) {
            McpClient client = McpClient.create(McpClientSettings.DEFAULT);
            ToolServer server = client.open(new ServerSpec.Http("stub", raw.url(), Map.of()));
            for (int i = 0; i < 30; i++) {
                for (String tool : List.of("json", "stream", "large", "reset", "html", "garbage", "twice")) {
                    server.call(Calls.request(tool))
                            .exceptionally(failure -> null)
                            .join();
                }
                server.call(Calls.request("never", Duration.ofMillis(20)))
                        .exceptionally(failure -> null)
                        .join();
                CompletableFuture<ToolResult> cancelled = server.call(Calls.request("never"));
                server.probe().join();
                cancelled.cancel(true);
            }
            client.close().join();
        }

        collect();
        assertThat(leaks).isEmpty();

        // The check itself is able to fail.
        leak();
        await().untilAsserted(() -> {
            collect();
            assertThat(leaks).isNotEmpty();
        });
    }

    private static void answer(RawRequest request, Peer peer) throws IOException {
        long id = request.id();
        switch (request.tool()) {
            case "json" -> peer.json(Http.result(id, "x"));
            case "stream" -> peer.write(Http.sse(": c\n\n", Http.event(Http.result(id, "x"))));
            case "large" -> peer.json(Http.result(id, "x".repeat(2 << 20)));
            case "reset" -> {
                peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"x\":");
                peer.reset();
            }
            case "html" -> peer.write(Http.response(200, "text/html", "", "<html>"));
            case "garbage" -> peer.write("nonsense\r\n\r\n");
            case "twice" -> peer.write(Http.json(200, Http.result(id, "x")).repeat(2));
            default -> {}
        }
    }

    private static void leak() {
        for (int i = 0; i < 10; i++) {
            assertThat(ByteBufAllocator.DEFAULT.buffer(10).writeByte(1).readableBytes())
                    .isEqualTo(1);
        }
    }

    /** The detector reports when the next buffer is made. */
    private static void collect() {
        for (int i = 0; i < 3; i++) {
            System.gc();
            ByteBufAllocator.DEFAULT.buffer(10).release();
        }
    }
}
