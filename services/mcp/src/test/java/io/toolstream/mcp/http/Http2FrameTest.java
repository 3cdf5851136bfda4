package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpClientSettings.Sharing;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.RequestMeta;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolRequest;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.mcp.raw.Opened;
import io.toolstream.testkit.raw.FramePeer;
import io.toolstream.testkit.raw.FramePeer.Call;
import io.toolstream.testkit.raw.FramePeer.Frame;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.Peer;
import io.toolstream.testkit.raw.RawServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** HTTP/2 against a server that says, frame by frame, what a test wants: every ending of a stream and of a connection. */
final class Http2FrameTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @RegisterExtension
    final Opened opened = new Opened();

    /** What the server says after the connection's beginning. */
    private interface Script {
        void talk(FramePeer peer, int connection) throws IOException;
    }

    private RawServer frames(Script script) {
        AtomicInteger connections = new AtomicInteger();
        return opened.server(peer -> script.talk(new FramePeer(peer), connections.incrementAndGet()));
    }

    private ToolServer open(RawServer raw) {
        return open(raw, McpClientSettings.DEFAULT);
    }

    private ToolServer open(RawServer raw, McpClientSettings settings) {
        return opened.client(
                settings.withIoThreads(1), new ServerSpec.Http("frames", raw.url(), Map.of(), ServerSpec.Http2.ALWAYS));
    }

    @Test
    void call_isAnswered() {
        ToolServer server = open(frames((peer, n) -> peer.begin().answerAll()));

        assertThat(Calls.call(server, "add")).isEqualTo(Http.content("add"));
    }

    @Test
    void manyCalls_shareOneConnection_inAnyOrderOfAnswers() {
        RawServer raw = frames((peer, n) -> {
            peer.begin();
            List<Call> calls = new ArrayList<>();
            while (calls.size() < 100) {
                calls.add(peer.next());
            }
            for (int i = 99; i >= 0; i--) {
                peer.answer(calls.get(i));
            }
            peer.answerAll();
        });
        ToolServer server = open(raw);

        List<CompletableFuture<ToolResult>> results = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            results.add(server.call(Calls.request("tool-" + i)));
        }

        for (int i = 0; i < 100; i++) {
            assertThat(results.get(i).join().json().text()).isEqualTo(Http.content("tool-" + i));
        }
        assertThat(raw.accepted()).isEqualTo(1);
        assertThat(server.stats().opened()).isEqualTo(1);
    }

    @Test
    void goAway_sendsWhatItDidNotSeeElsewhere_andFinishesTheRest() {
        RawServer raw = frames((peer, n) -> {
            peer.begin();
            if (n > 1) {
                peer.answerAll();
                return;
            }
            Call first = peer.next();
            Call second = peer.next();
            assertThat(second).isNotNull();
            peer.goAway(first.stream());
            peer.answer(first);
            peer.readToTheEnd();
        });
        ToolServer server = open(raw);

        CompletableFuture<ToolResult> first = server.call(Calls.request("first"));
        CompletableFuture<ToolResult> second = server.call(Calls.request("second"));

        assertThat(first.join().json().text()).isEqualTo(Http.content("first"));
        assertThat(second.join().json().text()).isEqualTo(Http.content("second"));
        assertThat(raw.accepted()).isEqualTo(2);
        await().untilAsserted(() -> assertThat(raw.open()).isEqualTo(1));
    }

    @Test
    void goAway_thenTheConnectionBreaks_theSeenOneMayHaveRun() {
        RawServer raw = frames((peer, n) -> {
            Call call = peer.begin().next();
            peer.goAway(call.stream());
        });

        McpException failure = Calls.failure(open(raw).call(Calls.request("any")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
    }

    @Test
    void goAway_withACallUnderWay_doesNotHoldUpAPoolOfOne() {
        RawServer raw = frames((peer, n) -> {
            peer.begin();
            Call first = peer.next();
            if (n > 1) {
                peer.answer(first);
                peer.answerAll();
                return;
            }
            peer.goAway(first.stream());
            peer.readToTheEnd();
        });
        ToolServer server = open(
                raw,
                McpClientSettings.DEFAULT.withPool(new McpClientSettings.Pool(
                        1, 0, 10, SHORT, Duration.ofMinutes(1), McpClientSettings.IdleLimits.DEFAULT)));
        CompletableFuture<ToolResult> held = server.call(Calls.request("held"));
        await().untilAsserted(() -> assertThat(server.stats().inUse()).isEqualTo(1));

        await().untilAsserted(() -> assertThat(Calls.call(server, "next")).isEqualTo(Http.content("next")));
        assertThat(held).isNotDone();
        assertThat(server.stats().inUse()).isEqualTo(1);
    }

    @Test
    void refusedStream_isSentAgain() {
        AtomicInteger calls = new AtomicInteger();
        RawServer raw = frames((peer, n) -> {
            peer.begin();
            for (Call call = peer.call(); call != null; call = peer.call()) {
                if (calls.incrementAndGet() == 1) {
                    peer.reset(call.stream(), FramePeer.REFUSED_STREAM);
                } else {
                    peer.answer(call);
                }
            }
        });

        assertThat(Calls.call(open(raw), "add")).isEqualTo(Http.content("add"));
        assertThat(raw.accepted()).isEqualTo(1);
    }

    @Test
    void refusedStream_forEver_isNotSent() {
        AtomicInteger calls = new AtomicInteger();
        RawServer raw = frames((peer, n) -> {
            peer.begin();
            for (Call call = peer.call(); call != null; call = peer.call()) {
                calls.incrementAndGet();
                peer.reset(call.stream(), FramePeer.REFUSED_STREAM);
            }
        });

        McpException failure = Calls.failure(open(raw).call(Calls.request("any")));

        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(calls).hasValue(3);
    }

    @Test
    void resetStream_mayHaveRun_andTheConnectionGoesOn() {
        RawServer raw = frames((peer, n) -> {
            peer.begin();
            Call first = peer.next();
            peer.reset(first.stream(), FramePeer.INTERNAL_ERROR);
            peer.answerAll();
        });
        ToolServer server = open(raw);

        McpException failure = Calls.failure(server.call(Calls.request("any")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(failure).hasMessageContaining("INTERNAL_ERROR");
        assertThat(Calls.call(server, "add")).isEqualTo(Http.content("add"));
        assertThat(raw.accepted()).isEqualTo(1);
    }

    @Test
    void resetWithinTheAnswer_mayHaveRun() {
        RawServer raw = frames((peer, n) -> {
            peer.begin();
            Call first = peer.next();
            peer.headers(first.stream(), false);
            peer.data(first.stream(), "{\"jsonrpc\"", false);
            peer.reset(first.stream(), FramePeer.REFUSED_STREAM + 100);
            peer.answerAll();
        });

        McpException failure = Calls.failure(open(raw).call(Calls.request("any")));

        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
    }

    @Test
    void cancel_resetsTheStream_andKeepsTheConnection() throws Exception {
        AtomicReference<FramePeer> seen = new AtomicReference<>();
        RawServer raw = frames((peer, n) -> {
            seen.set(peer);
            peer.begin();
            for (Call call = peer.call(); call != null; call = peer.call()) {
                if (!call.request().tool().equals("slow")) {
                    peer.answer(call);
                }
            }
        });
        ToolServer server = open(raw);
        CompletableFuture<ToolResult> slow = server.call(Calls.request("slow"));
        Calls.call(server, "other");

        slow.cancel(true);

        Frame reset = Objects.requireNonNull(seen.get()).resets().poll(10, TimeUnit.SECONDS);
        assertThat(reset).isNotNull();
        assertThat(reset.code()).isEqualTo(FramePeer.CANCEL);
        assertThat(Calls.call(server, "again")).isEqualTo(Http.content("again"));
        assertThat(raw.accepted()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(server.stats().inUse()).isZero());
    }

    @Test
    void timeout_resetsTheStream() throws Exception {
        AtomicReference<FramePeer> seen = new AtomicReference<>();
        RawServer raw = frames((peer, n) -> {
            seen.set(peer);
            peer.begin();
            readUnanswered(peer);
        });

        McpException failure = Calls.failure(open(raw).call(Calls.request("slow", SHORT)));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(Objects.requireNonNull(seen.get()).resets().poll(10, TimeUnit.SECONDS))
                .isNotNull();
    }

    @Test
    void longAndShortLimits_areEachKept() {
        ToolServer server = open(frames((peer, n) -> readUnanswered(peer.begin())));

        CompletableFuture<ToolResult> brief = server.call(Calls.request("slow", SHORT));
        CompletableFuture<ToolResult> lengthy = server.call(Calls.request("slow", Duration.ofMinutes(5)));
        CompletableFuture<ToolResult> briefToo = server.call(Calls.request("slow", SHORT.multipliedBy(2)));

        assertThat(brief).failsWithin(Duration.ofSeconds(5));
        assertThat(briefToo).failsWithin(Duration.ofSeconds(5));
        assertThat(lengthy).isNotDone();
    }

    private static void readUnanswered(FramePeer peer) throws IOException {
        Call call = peer.call();
        while (call != null) {
            call = peer.call();
        }
    }

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

    /** What a server's own thread does after its connection may be gone. */
    private interface Write {
        void run() throws IOException;
    }

    private static void quietly(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            // The test has ended.
            return;
        }
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
    void connectionCut_mayHaveRun() {
        RawServer raw = frames((peer, n) -> peer.begin().call());

        McpException failure = Calls.failure(open(raw).call(Calls.request("any")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
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
                CompletableFuture.delayedExecutor(1000, TimeUnit.MILLISECONDS)
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
        RawServer raw = opened.server(Http2FrameTest::readOnly);
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
