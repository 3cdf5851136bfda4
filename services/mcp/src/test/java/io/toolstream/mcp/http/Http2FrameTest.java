package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.FramePeer;
import io.toolstream.testkit.raw.FramePeer.Call;
import io.toolstream.testkit.raw.FramePeer.Frame;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.RawServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** HTTP/2 against a server that says, frame by frame, what a test wants: every ending of a stream. */
final class Http2FrameTest extends FrameServers {
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
        await().untilAsserted(() -> assertThat(server.stats().inUse()).isEqualTo(1));
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

        ToolServer server = open(raw);
        server.probe().join();

        McpException failure = Calls.failure(server.call(Calls.request("slow", SHORT)));

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

        assertThat(brief).failsWithin(Duration.ofSeconds(30));
        assertThat(briefToo).failsWithin(Duration.ofSeconds(30));
        assertThat(lengthy).isNotDone();
    }
}
