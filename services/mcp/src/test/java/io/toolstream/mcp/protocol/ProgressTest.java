package io.toolstream.mcp.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.CallListener;
import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.Progress;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.mcp.transport.Anomalies;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.ModernTools;
import io.toolstream.testkit.raw.RawServer;
import io.toolstream.testkit.raw.StubTools;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reports of progress find their call, and no other. */
final class ProgressTest {
    private final McpClient client = McpClient.create(McpClientSettings.DEFAULT);
    private final Heard heard = new Heard();

    /** Remembers what it hears. */
    private static final class Heard implements CallListener {
        private final List<Progress> reports = new CopyOnWriteArrayList<>();

        @Override
        public void onProgress(Progress progress) {
            reports.add(progress);
        }
    }

    @AfterEach
    void close() {
        client.close().join();
    }

    private ToolServer open(RawServer raw) {
        return client.open(new ServerSpec.Http("stub", raw.url(), Map.of()));
    }

    private static String report(long token, String members) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":" + token + ","
                + members + "}}";
    }

    @Test
    void reports_areHeardInOrderAndStrayOnesCounted() {
        ModernTools stub = new ModernTools((request, peer) -> peer.write(Http.sse(
                Http.event(report(request.id() + 1000, "\"progress\":1")),
                Http.event(report(request.id(), "\"progress\":0.5,\"total\":2,\"message\":\"hälf\"")),
                Http.event(report(request.id(), "\"progress\":0.5,\"total\":2")),
                Http.event(report(request.id(), "\"progress\":2,\"total\":2")),
                Http.event(Http.result(request.id(), "done")))));
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);

            server.call(Calls.request("t").heardBy(heard)).join();

            assertThat(heard.reports).containsExactly(new Progress(0.5, 2.0, "hälf"), new Progress(2, 2.0, null));
            assertThat(server.anomalies().notices()).isEqualTo(4);
            assertThat(server.anomalies().strayNotices()).isEqualTo(2);
            long id = stub.requests("tools/call").get(0).id();
            assertThat(stub.requests("tools/call").get(0).body()).contains("\"progressToken\":" + id + "}");
        }
    }

    @Test
    void call_thatNobodyListensTo_asksForNoReports() {
        StubTools stub = StubTools.echo();
        try (RawServer raw = new RawServer(stub)) {
            Calls.call(open(raw), "t");

            assertThat(stub.requests("tools/call").get(0).body()).doesNotContain("progressToken");
        }
    }

    @Test
    void legacyCall_namesItsTokenToo() {
        StubTools stub = new StubTools((request, peer) -> peer.write(Http.sse(
                Http.event(report(request.id(), "\"progress\":1")), Http.event(Http.result(request.id(), "done")))));
        try (RawServer raw = new RawServer(stub)) {
            open(raw).call(Calls.request("t").heardBy(heard)).join();

            assertThat(heard.reports).containsExactly(new Progress(1, null, null));
        }
    }

    @Test
    void flood_reachesTheListenerInPart() {
        Anomalies anomalies = new Anomalies();
        Reports reports = new Reports(anomalies);
        reports.expect(7, heard);

        for (int i = 0; i < 10_000; i++) {
            reports.received(JsonSlice.ofText("{\"progressToken\":7,\"progress\":" + i + "}"));
        }

        assertThat(heard.reports).hasSizeBetween(1, 500);
        assertThat(anomalies.counts().strayNotices()).isEqualTo(10_000 - heard.reports.size());
    }

    @Test
    void calls_thatEndInWhateverWay_leaveNoListener() {
        Reports reports = new Reports(new Anomalies());
        reports.expect(1, heard);

        reports.forget(1);
        reports.received(JsonSlice.ofText("{\"progressToken\":1,\"progress\":1}"));

        assertThat(reports.size()).isZero();
        assertThat(heard.reports).isEmpty();
    }

    @Test
    void cancelledCall_hearsNothingMore() {
        ModernTools stub = new ModernTools((request, peer) -> {
            peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + Http.chunk(Http.event(report(request.id(), "\"progress\":1"))));
            peer.awaitEnd();
        });
        try (RawServer raw = new RawServer(stub)) {
            CompletableFuture<?> call = open(raw).call(Calls.request("t").heardBy(heard));
            await().untilAsserted(() -> assertThat(heard.reports).hasSize(1));

            call.cancel(true);

            await().untilAsserted(() -> assertThat(raw.open()).isZero());
        }
    }
}
