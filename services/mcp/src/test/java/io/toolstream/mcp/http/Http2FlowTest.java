package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.RequestMeta;
import io.toolstream.mcp.ToolRequest;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.FramePeer;
import io.toolstream.testkit.raw.FramePeer.Call;
import io.toolstream.testkit.raw.FramePeer.Frame;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.RawServer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** HTTP/2 against a server that lets few streams and bytes through, or sends too many of either. */
final class Http2FlowTest extends FrameServers {
    @Test
    void allowedStreams_areNotExceeded() {
        AtomicInteger most = new AtomicInteger();
        RawServer raw = frames((peer, n) -> {
            peer.begin(2);
            AtomicInteger current = new AtomicInteger();
            for (Call call = peer.call(); call != null; call = peer.call()) {
                most.accumulateAndGet(current.incrementAndGet(), Math::max);
                Call answered = call;
                CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS).execute(() -> {
                    current.decrementAndGet();
                    quietly(() -> peer.answer(answered));
                });
            }
        });
        McpClientSettings.Pool pool = McpClientSettings.Pool.DEFAULT;
        ToolServer server = open(
                raw,
                McpClientSettings.DEFAULT.withPool(new McpClientSettings.Pool(
                        1, 0, pool.maxWaiting(), pool.acquireWait(), pool.lifetime(), pool.idle())));

        List<CompletableFuture<ToolResult>> results = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            results.add(server.call(Calls.request("t")));
        }

        results.forEach(CompletableFuture::join);
        assertThat(most.get()).isLessThanOrEqualTo(2).isPositive();
        assertThat(raw.accepted()).isEqualTo(1);
    }

    @Test
    void noStreamsAllowed_waitsBounded_andGoesOnWhenAllowed() {
        AtomicReference<FramePeer> seen = new AtomicReference<>();
        RawServer raw = frames((peer, n) -> {
            seen.set(peer);
            peer.begin(100).answerAll();
        });
        ToolServer server = open(
                raw,
                McpClientSettings.DEFAULT.withPool(new McpClientSettings.Pool(
                        1, 0, 10, SHORT, Duration.ofMinutes(1), McpClientSettings.IdleLimits.DEFAULT)));
        Calls.call(server, "add");

        quietly(() -> Objects.requireNonNull(seen.get()).maxStreams(0));

        await().untilAsserted(() -> {
            McpException failure = Calls.failure(server.call(Calls.request("any")));
            assertThat(failure.kind()).isEqualTo(Kind.POOL_EXHAUSTED);
            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        });
        CompletableFuture<ToolResult> waiting = server.call(Calls.request("add"));
        quietly(() -> Objects.requireNonNull(seen.get()).maxStreams(1));
        assertThat(waiting.join().json().text()).isEqualTo(Http.content("add"));
    }

    @Test
    void hugeAnswer_isCutOff_andTheConnectionGoesOn() {
        RawServer raw = frames((peer, n) -> {
            peer.begin();
            for (Call call = peer.call(); call != null; call = peer.call()) {
                String text = call.request().tool().equals("huge") ? "x".repeat(500_000) : "small";
                peer.answer(call.stream(), Http.result(call.request().id(), text));
            }
        });
        McpClientSettings.AnswerLimits d = McpClientSettings.AnswerLimits.DEFAULT;
        ToolServer server = open(
                raw,
                McpClientSettings.DEFAULT.withAnswers(
                        new McpClientSettings.AnswerLimits(100_000, d.pageBytes(), d.pages(), d.tools(), d.depth())));

        McpException failure = Calls.failure(server.call(Calls.request("huge")));

        assertThat(failure.kind()).isEqualTo(Kind.RESULT_TOO_LARGE);
        assertThat(Calls.call(server, "add")).isEqualTo(Http.content("small"));
        assertThat(raw.accepted()).isEqualTo(1);
    }

    @Test
    void answersOverAMegabyteInAll_keepTheWindowsOpen() {
        RawServer raw = frames((peer, n) -> {
            peer.begin();
            for (Call call = peer.call(); call != null; call = peer.call()) {
                peer.answer(call.stream(), Http.result(call.request().id(), "x".repeat(900_000)));
            }
        });
        ToolServer server = open(raw);

        for (int i = 0; i < 20; i++) {
            assertThat(Calls.call(server, "large")).hasSizeGreaterThan(900_000);
        }
        assertThat(raw.accepted()).isEqualTo(1);
    }

    @Test
    void smallWindow_isObeyed() {
        RawServer raw = frames((peer, n) -> {
            peer.beginWithWindow(10);
            for (Frame frame = peer.read(); frame != null; frame = peer.read()) {
                if (frame.type() == FramePeer.DATA && !frame.isEnd()) {
                    assertThat(frame.payload().length).isLessThanOrEqualTo(200);
                    peer.window(frame.stream(), 200);
                } else if (frame.type() == FramePeer.DATA) {
                    Call call = peer.complete(frame.stream());
                    if (call != null) {
                        peer.answer(call);
                    }
                }
            }
        });
        ToolServer server = open(raw);
        ToolRequest request = new ToolRequest(
                "t",
                JsonSlice.ofText("{\"text\":\"" + "x".repeat(5000) + "\"}"),
                RequestMeta.NONE,
                Duration.ofSeconds(20),
                null);

        assertThat(server.call(request).join().isError()).isFalse();
    }

    @Test
    void windowThatNeverOpens_isTimedOut_andTheStreamGivenBack() throws Exception {
        AtomicReference<FramePeer> seen = new AtomicReference<>();
        RawServer raw = frames((peer, n) -> {
            seen.set(peer);
            peer.beginWithWindow(0);
            readUnanswered(peer);
        });

        McpClientSettings.TimeLimits d = McpClientSettings.TimeLimits.DEFAULT;
        ToolServer server = open(
                raw,
                McpClientSettings.DEFAULT.withTimes(new McpClientSettings.TimeLimits(
                        d.connect(), d.firstByte(), d.idle(), d.total(), SHORT, d.probe())));
        McpException failure = Calls.failure(server.call(Calls.request("any")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
        assertThat(Objects.requireNonNull(seen.get()).resets().poll(20, TimeUnit.SECONDS))
                .isNotNull();
    }

    @Test
    void hugeHeaders_areRefused() {
        RawServer raw = frames((peer, n) -> {
            peer.begin();
            Call call = peer.next();
            byte[] value = new byte[12_000];
            Arrays.fill(value, (byte) 'x');
            ByteBuffer block = ByteBuffer.allocate(3 * (value.length + 8) + 1);
            block.put((byte) 0x88);
            for (int i = 0; i < 3; i++) {
                // A literal field without indexing: name "x-n", a value of 12,000 bytes.
                block.put((byte) 0)
                        .put((byte) 3)
                        .put((byte) 'x')
                        .put((byte) '-')
                        .put((byte) ('a' + i));
                block.put((byte) 0x7F)
                        .put((byte) (((12_000 - 127) & 0x7F) | 0x80))
                        .put((byte) ((12_000 - 127) >> 7));
                block.put(value);
            }
            byte[] all = Arrays.copyOf(block.array(), block.position());
            int half = 16_000;
            peer.write(FramePeer.HEADERS, 0, call.stream(), Arrays.copyOfRange(all, 0, half));
            peer.write(9, 0, call.stream(), Arrays.copyOfRange(all, half, 2 * half));
            peer.write(9, 4, call.stream(), Arrays.copyOfRange(all, 2 * half, all.length));
            peer.readToTheEnd();
        });

        McpException failure = Calls.failure(open(raw).call(Calls.request("any")));

        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(failure.kind()).isIn(Kind.PROTOCOL, Kind.CONNECTION_LOST);
    }
}
