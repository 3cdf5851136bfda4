package io.toolstream.mcp.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.mcp.transport.Link;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many children: none is started before it is needed, all at once when they are, and a dead one is no burden to others. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class StdioStartTest {
    /** Answers nothing before so many of its kind are running. */
    private static final String MEETING_SERVER = """
            touch "$1/$$"
            while [ "$(ls "$1" | wc -l)" -lt "$2" ]; do sleep 0.05; done
            while read -r line; do
              id=$(printf %s "$line" | sed -n 's/.*"id":\\([0-9]*\\).*/\\1/p')
              case $line in
                *'"initialize"'*) echo '{"jsonrpc":"2.0","id":'"$id"',"result":{"protocolVersion":"2025-11-25","capabilities":{}}}' ;;
                *'"tools/call"'*) echo '{"jsonrpc":"2.0","id":'"$id"',"result":{"content":[]}}' ;;
                *'"server/discover"'*) echo '{"jsonrpc":"2.0","id":'"$id"',"error":{"code":-32601,"message":"no"}}' ;;
              esac
            done
            """;

    private final McpClient client = McpClient.create(McpClientSettings.DEFAULT);

    @AfterEach
    void close() {
        client.close().join();
    }

    private ToolServer open(String name, String... command) {
        return client.open(new ServerSpec.Stdio(name, List.of(command), Map.of(), null));
    }

    private ToolServer meeting(String name, Path place, int others) {
        return open(name, "/bin/sh", "-c", MEETING_SERVER, "sh", place.toString(), String.valueOf(others));
    }

    private static long running(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.count();
        }
    }

    @Test
    void nineChildren_areStartedAtOnceAndNotBefore(@TempDir Path place) throws IOException {
        List<ToolServer> servers = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            servers.add(meeting("s" + i, place, 9));
        }
        assertThat(running(place)).isZero();

        List<CompletableFuture<ToolResult>> calls = servers.stream()
                .map(server -> server.call(Calls.request("any")))
                .toList();

        // Were they started one after the other, the first would wait for ever for the ninth.
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
        assertThat(running(place)).isEqualTo(9);
        assertThat(servers)
                .allSatisfy(server -> assertThat(server.stats().opened()).isEqualTo(1));
    }

    @Test
    void commandThatNoSystemTakes_isRefusedWhenItIsOpened() {
        assertThatThrownBy(() -> open("nul", "/bin/sh", "-c", "true\0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nul");
        for (Map<String, String> environment : List.of(Map.of("A=B", "secret"), Map.of("A", "secret\0"))) {
            assertThatThrownBy(() -> client.open(new ServerSpec.Stdio("env", List.of("/bin/sh"), environment, null)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("environment")
                    .hasMessageNotContaining("secret");
        }
    }

    /** Whatever it was: it is told, and the next one who needs the child is not kept waiting for it. */
    @Test
    void startThatFailsUnexpectedly_isToldAndTriedAgain() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        Queue<Runnable> failures = new ConcurrentLinkedQueue<>(List.of(() -> {
            throw new IllegalArgumentException("secret");
        }));
        ChildCommand command =
                ChildCommand.of(new ServerSpec.Stdio("again", List.of("/bin/cat"), Map.of(), null), Map.of());
        StdioTransport transport = new StdioTransport("again", command, McpClientSettings.DEFAULT, timer, () -> {
            Runnable failure = failures.poll();
            if (failure != null) {
                failure.run();
            }
            return Supervisor.none();
        });

        McpException failure = Calls.failure(transport.connect((link, message) -> {}));
        Link link = transport.connect((from, message) -> {}).join();

        assertThat(failure.kind()).isEqualTo(McpException.Kind.CONNECT);
        assertThat(failure.delivery()).isEqualTo(McpException.Delivery.NOT_SENT);
        assertThat(failure).hasMessageContaining("cannot be started").hasMessageNotContaining("secret");
        assertThat(link.isOpen()).isTrue();
        transport.close().join();
        timer.shutdownNow();
    }

    @Test
    void deadAndHangingChildren_holdUpNobody(@TempDir Path place) {
        ToolServer missing = open("missing", place.resolve("nothing-here").toString());
        ToolServer exiting = open("exiting", "/bin/sh", "-c", "exit 7");
        ToolServer hanging = open("hanging", "/bin/sh", "-c", "sleep 60");
        CompletableFuture<ToolResult> hung = hanging.call(Calls.request("any"));
        CompletableFuture<ToolResult> exited = exiting.call(Calls.request("any"));
        CompletableFuture<ToolResult> missed = missing.call(Calls.request("any"));

        ToolResult result = meeting("well", place, 1).call(Calls.request("any")).join();

        assertThat(result.json().text()).isEqualTo("{\"content\":[]}");
        assertThat(hung).isNotDone();
        assertThat(Calls.failure(exited)).satisfies(failure -> {
            assertThat(failure.delivery()).isEqualTo(McpException.Delivery.NOT_SENT);
            assertThat(failure).hasMessageContaining("exit");
        });
        assertThat(Calls.failure(missed).kind()).isEqualTo(McpException.Kind.CONNECT);
        hung.cancel(true);
    }
}
