package io.toolstream.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.Counted;
import io.toolstream.testkit.Framing;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.testkit.ServerOptions;
import io.toolstream.testkit.StdioToolServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a server whose protocol code is not ours. */
final class ScriptedPeerTest {
    private static final int IN_FLIGHT = 50;
    private static final int STEPS = 40;

    private final McpClient client = McpClient.create(McpClientSettings.DEFAULT);

    @AfterEach
    void close() {
        client.close().join();
    }

    private ToolServer open(ScriptedToolServer scripted) {
        return client.open(new ServerSpec.Http("scripted", scripted.url(), Map.of()));
    }

    static List<Framing> framings() {
        return List.of(
                Framing.json(),
                Framing.events(),
                Framing.events().withComments(2).withIds().withProgress(2).withPings(1));
    }

    @ParameterizedTest
    @MethodSource("framings")
    void fiftyInFlight_overHttp_areMatchedAndReuseConnections(Framing framing) {
        try (ScriptedToolServer scripted =
                ScriptedToolServer.start(ServerOptions.defaults().withSessions().withFraming(framing))) {
            ToolServer server = open(scripted);

            assertAllMatched(server);

            assertThat(scripted.count(Counted.CALL)).isEqualTo(IN_FLIGHT * STEPS);
            assertThat(scripted.count(Counted.SOCKETS)).isLessThanOrEqualTo(64 + 2);
            // A connection that nobody needed any more may still be on its way.
            await().untilAsserted(() -> assertThat(server.stats().opened()).isEqualTo(scripted.count(Counted.SOCKETS)));
        }
    }

    @Test
    void fiftyInFlight_overStdio_areMatchedInOneChild() {
        ToolServer server = client.open(new ServerSpec.Stdio("scripted", StdioToolServer.command(), Map.of(), null));

        assertAllMatched(server);

        assertThat(server.stats().opened()).isEqualTo(1);
    }

    private static void assertAllMatched(ToolServer server) {
        List<CompletableFuture<Void>> chains = new ArrayList<>();
        for (int i = 0; i < IN_FLIGHT; i++) {
            chains.add(chain(server, i, 0));
        }
        CompletableFuture.allOf(chains.toArray(CompletableFuture[]::new)).join();
    }

    private static CompletableFuture<Void> chain(ToolServer server, int chain, int step) {
        if (step == STEPS) {
            return CompletableFuture.completedFuture(null);
        }
        String text = "c" + chain + "s" + step + "!";
        ToolRequest request = new ToolRequest(
                "echo",
                JsonSlice.ofText("{\"text\":\"" + text + "\"}"),
                RequestMeta.NONE,
                Calls.request("x").timeout(),
                null);
        return server.call(request).thenCompose(result -> {
            assertThat(result.json().text()).contains(text);
            return chain(server, chain, step + 1);
        });
    }

    @Test
    void sessionsThatExpire_areMadeAgain() {
        try (ScriptedToolServer scripted =
                ScriptedToolServer.start(ServerOptions.defaults().withSessions())) {
            ToolServer server = open(scripted);
            server.probe().join();

            scripted.expireSessions();

            assertThat(server.listTools().join()).isNotEmpty();
        }
    }

    @Test
    void listOfTools_isReadOverAllPages() {
        try (ScriptedToolServer scripted =
                ScriptedToolServer.start(ServerOptions.defaults().withPageSize(2))) {
            assertThat(open(scripted).listTools().join())
                    .extracting(ToolDefinition::name)
                    .contains("echo", "add", "fail", "sleep", "big", "env");
        }
    }

    @Test
    void toolThatFails_isAResultAndNoFailure() {
        try (ScriptedToolServer scripted = ScriptedToolServer.start()) {
            ToolServer server = open(scripted);

            assertThat(server.call(Calls.request("fail")).join().isError()).isTrue();
            assertThat(Calls.failure(server.call(Calls.request("no-such-tool"))).kind())
                    .isEqualTo(McpException.Kind.INVALID_PARAMS);
        }
    }
}
