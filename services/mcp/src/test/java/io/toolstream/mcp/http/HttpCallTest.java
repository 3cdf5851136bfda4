package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.RawRequest;
import io.toolstream.testkit.raw.RawServer;
import io.toolstream.testkit.raw.StubTools;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HttpCallTest {
    private final McpClient client = McpClient.create(McpClientSettings.DEFAULT);

    @AfterEach
    void close() {
        client.close().join();
    }

    private ToolServer open(RawServer raw) {
        return client.open(new ServerSpec.Http("stub", raw.url(), Map.of("X-Key", "secret")));
    }

    @Test
    void call_ofAToolThatAnswers_givesItsResultVerbatim() {
        try (RawServer raw = new RawServer(StubTools.echo())) {
            ToolServer server = open(raw);

            ToolResult result = server.call(Calls.request("hello")).join();

            assertThat(result.json().text()).isEqualTo(Http.content("hello"));
            assertThat(result.isError()).isFalse();
            assertThat(result.type()).isEqualTo(ToolResult.ResultType.COMPLETE);
        }
    }

    @Test
    void call_manyInARow_reusesOneConnection() {
        StubTools stub = StubTools.echo();
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);

            for (int i = 0; i < 1000; i++) {
                Calls.call(server, "t" + i);
            }

            assertThat(raw.accepted()).isEqualTo(1);
            assertThat(server.stats().opened()).isEqualTo(1);
            assertThat(server.stats().reused()).isEqualTo(1002);
            assertThat(stub.requests("initialize")).hasSize(1);
        }
    }

    @Test
    void call_fiftyInFlight_matchesEveryAnswer() {
        try (RawServer raw = new RawServer(StubTools.echo())) {
            ToolServer server = open(raw);
            List<CompletableFuture<Void>> all = new ArrayList<>();

            for (int worker = 0; worker < 50; worker++) {
                all.add(chain(server, worker, 0));
            }

            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
            assertThat(raw.accepted()).isLessThanOrEqualTo(64);
        }
    }

    private static CompletableFuture<Void> chain(ToolServer server, int worker, int step) {
        if (step == 100) {
            return CompletableFuture.completedFuture(null);
        }
        String tool = "w" + worker + "s" + step;
        return server.call(Calls.request(tool)).thenCompose(result -> {
            assertThat(result.json().text()).isEqualTo(Http.content(tool));
            return chain(server, worker, step + 1);
        });
    }

    @Test
    void session_isOpenedOnceAndNamedInEveryRequest() {
        StubTools stub = StubTools.echo();
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);

            CompletableFuture<?> one = server.call(Calls.request("one"));
            CompletableFuture<?> two = server.call(Calls.request("two"));
            CompletableFuture.allOf(one, two).join();

            assertThat(stub.requests().stream().map(RawRequest::rpc).limit(3))
                    .containsExactly("server/discover", "initialize", "notifications/initialized");
            assertThat(stub.requests("initialize")).hasSize(1);
            assertThat(stub.requests("tools/call")).hasSize(2).allSatisfy(request -> {
                assertThat(request.header("mcp-session-id")).isEqualTo("session-1");
                assertThat(request.header("mcp-protocol-version")).isEqualTo("2025-06-18");
                assertThat(request.header("x-key")).isEqualTo("secret");
                assertThat(request.header("accept")).isEqualTo("application/json, text/event-stream");
            });
        }
    }

    @Test
    void close_endsTheSessionAndLeavesNoSocket() {
        StubTools stub = StubTools.echo();
        try (RawServer raw = new RawServer(stub)) {
            ToolServer server = open(raw);
            Calls.call(server, "one");

            server.close().join();

            assertThat(stub.requests().get(stub.requests().size() - 1).method()).isEqualTo("DELETE");
            await().untilAsserted(() -> assertThat(raw.open()).isZero());
        }
    }

    @Test
    void probe_ofAServerThatAnswers_completes() {
        try (RawServer raw = new RawServer(StubTools.echo())) {
            ToolServer server = open(raw);

            server.probe().join();

            assertThat(server.stats().opened()).isEqualTo(1);
        }
    }
}
