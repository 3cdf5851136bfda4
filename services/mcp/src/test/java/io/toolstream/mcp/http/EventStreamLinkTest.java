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
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The transport of 2024-11-05, found because the server refuses what came after it. */
final class EventStreamLinkTest {
    private final McpClient client = McpClient.create(McpClientSettings.DEFAULT);
    private final List<RawRequest> posts = new CopyOnWriteArrayList<>();
    private final AtomicInteger streams = new AtomicInteger();
    private volatile @Nullable Peer stream;
    private String endpoint = "/message?sessionId=s1";
    private final RawServer raw = new RawServer(this::talk);

    @AfterEach
    void close() {
        client.close().join();
        raw.close();
    }

    private ToolServer open() {
        return client.open(new ServerSpec.Http("old", raw.url(), Map.of("X-Key", "secret")));
    }

    private void talk(Peer peer) throws IOException {
        for (RawRequest request = peer.read(); request != null; request = peer.read()) {
            if (request.method().equals("GET")) {
                streams.incrementAndGet();
                stream = peer;
                peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + Http.chunk("event: endpoint\ndata: " + endpoint + "\n\n"));
            } else if (!request.header("host").isEmpty() && isMessage(request)) {
                posts.add(request);
                peer.accept();
                answer(request);
            } else {
                peer.write("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n");
            }
        }
    }

    /** The path is not kept, but only what is posted where the stream says comes without the header of newer eras. */
    private boolean isMessage(RawRequest request) {
        return stream != null && !request.rpc().equals("server/discover");
    }

    private void say(String json) throws IOException {
        synchronized (posts) {
            Objects.requireNonNull(stream).write(Http.chunk(Http.event(json)));
        }
    }

    private void answer(RawRequest request) throws IOException {
        switch (request.rpc()) {
            case "initialize" ->
                say("{\"jsonrpc\":\"2.0\",\"id\":" + request.id()
                        + ",\"result\":{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{}}}");
            case "tools/call" -> {
                if (request.tool().equals("cut")) {
                    Objects.requireNonNull(stream).close();
                } else if (!request.tool().equals("never")) {
                    say(Http.result(request.id(), request.tool()));
                }
            }
            default -> {}
        }
    }

    @Test
    void call_isPosted_andAnsweredOnTheStream() {
        ToolServer server = open();

        assertThat(Calls.call(server, "add")).isEqualTo(Http.content("add"));
        assertThat(Calls.call(server, "again")).isEqualTo(Http.content("again"));
        assertThat(streams).hasValue(1);
        assertThat(posts).allMatch(post -> post.header("x-key").equals("secret"));
        assertThat(posts.stream().map(RawRequest::rpc))
                .containsExactly("initialize", "notifications/initialized", "tools/call", "tools/call");
    }

    @Test
    void manyCalls_areMatchedById() {
        ToolServer server = open();
        Calls.call(server, "first");
        List<CompletableFuture<ToolResult>> results = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            results.add(server.call(Calls.request("tool-" + i)));
        }

        for (int i = 0; i < 50; i++) {
            assertThat(results.get(i).join().json().text()).isEqualTo(Http.content("tool-" + i));
        }
    }

    @Test
    void streamThatEnds_failsWhatIsUnderWay_andIsOpenedAgain() {
        ToolServer server = open();
        Calls.call(server, "first");
        CompletableFuture<ToolResult> never = server.call(Calls.request("never"));

        McpException failure = Calls.failure(server.call(Calls.request("cut")));

        assertThat(failure.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure.delivery()).isEqualTo(Delivery.MAYBE);
        assertThat(Calls.failure(never).kind()).isEqualTo(Kind.CONNECTION_LOST);
        stream = null;
        assertThat(Calls.call(server, "back")).isEqualTo(Http.content("back"));
        assertThat(streams).hasValue(2);
    }

    @Test
    void timeout_tellsTheServer() {
        ToolServer server = open();
        Calls.call(server, "first");

        McpException failure = Calls.failure(server.call(Calls.request("never", Duration.ofSeconds(1))));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        await().untilAsserted(
                        () -> assertThat(posts).anyMatch(post -> post.rpc().equals("notifications/cancelled")));
    }

    @Test
    void endpointOfAnotherServer_isRefused() {
        CountDownLatch reached = new CountDownLatch(1);
        try (RawServer other = new RawServer(peer -> reached.countDown())) {
            endpoint = other.url().toString();

            McpException failure = Calls.failure(open().call(Calls.request("any")));

            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
            assertThat(reached.getCount()).isEqualTo(1);
        }
    }
}
