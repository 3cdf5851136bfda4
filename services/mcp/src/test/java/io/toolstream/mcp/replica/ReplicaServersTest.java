package io.toolstream.mcp.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import io.toolstream.testkit.raw.Http;
import io.toolstream.testkit.raw.ModernTools;
import io.toolstream.testkit.raw.RawServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replicas over real transports: two HTTP servers of which one goes away, and children started as needed. */
final class ReplicaServersTest {
    private final McpClient client = McpClient.create(McpClientSettings.DEFAULT);

    @AfterEach
    void close() {
        client.close().join();
    }

    private static RawServer named(String name) {
        return new RawServer(new ModernTools((request, peer) -> peer.json(Http.result(request.id(), name))));
    }

    private static ServerSpec http(RawServer raw) {
        return new ServerSpec.Http("replica", raw.url(), Map.of());
    }

    @Test
    void oneGone_theOtherAnswersEverything() {
        RawServer one = named("one");
        try (RawServer two = named("two")) {
            ToolServer server = client.open(new ServerSpec.Replicas("r", List.of(http(one), http(two)), true));
            Set<String> seen = new TreeSet<>();
            for (int i = 0; i < 10; i++) {
                seen.add(Calls.call(server, "t"));
            }
            assertThat(seen).containsExactly(Http.content("one"), Http.content("two"));

            one.close();

            await().ignoreExceptions() // of a call that was on its way to the one
                    .untilAsserted(() -> assertThat(Calls.call(server, "t")).isEqualTo(Http.content("two")));
            for (int i = 0; i < 20; i++) {
                assertThat(Calls.call(server, "t")).isEqualTo(Http.content("two"));
            }
            assertThat(server.probe()).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    @Test
    void children_areStartedAsNeeded_andTheirMemoryIsKnown() {
        ServerSpec child = new ServerSpec.Stdio("child", command(), Map.of(), null);
        ToolServer server = client.open(new ServerSpec.Replicas("r", List.of(child, child, child), false));
        Calls.call(server, "alone");
        Calls.call(server, "again");
        assertThat(server.stats().opened()).isEqualTo(1);

        List<CompletableFuture<ToolResult>> results = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            results.add(server.call(Calls.request("t" + i)));
        }
        for (int i = 0; i < 30; i++) {
            assertThat(results.get(i).join().json().text()).isEqualTo(Http.content("t" + i));
        }
        assertThat(server.stats().opened()).isEqualTo(3);
        if (Path.of("/proc/self/status").toFile().exists()) {
            await().untilAsserted(
                            () -> assertThat(server.stats().residentBytes()).isGreaterThan(10 << 20));
        }
    }

    private static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.toolstream.mcp.stress.ShufflingChild",
                "1");
    }
}
