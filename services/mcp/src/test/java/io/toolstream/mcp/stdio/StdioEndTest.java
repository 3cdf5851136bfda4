package io.toolstream.mcp.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.StdioSettings;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.raw.Calls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to end. Nothing may be left. */
@EnabledOnOs(OS.LINUX)
final class StdioEndTest {
    private static McpClient client() {
        StdioSettings d = StdioSettings.DEFAULT;
        return McpClient.create(McpClientSettings.DEFAULT.withStdio(new StdioSettings(
                d.startup(), Duration.ofMillis(300), d.maxInFlight(), d.outboundBytes(), d.restarts(), d.tolerance())));
    }

    private static ToolServer open(McpClient client, List<String> command) {
        return client.open(new ServerSpec.Stdio("child", command, Map.of(), null));
    }

    @Test
    void close_ofAWellBehavedChild_endsItGentlyAndLeavesNoThread() {
        McpClient client = client();
        ToolServer server = open(client, ChildMain.command());
        String pid = Calls.call(server, "pid").replaceAll("[^0-9]", "");

        long start = System.nanoTime();
        client.close().join();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(StubbornChild.isAlive(Long.parseLong(pid))).isFalse();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("stdio-")));
    }

    @Test
    void close_ofAChildThatIgnoresEverything_killsTheWholeTree() {
        McpClient client = client();
        ToolServer server = open(client, StubbornChild.command());
        List<Long> pids = StubbornChild.pids(Calls.call(server, "pids"));
        assertThat(pids).hasSize(2).allMatch(StubbornChild::isAlive);

        client.close().join();

        await().untilAsserted(() -> assertThat(pids).noneMatch(StubbornChild::isAlive));
    }

    @Test
    void close_withCallsUnderWay_failsThemAtOnce() {
        McpClient client = client();
        ToolServer server = open(client, ChildMain.command());
        Calls.call(server, "warm");
        CompletableFuture<ToolResult> call = server.call(Calls.request("silent"));

        CompletableFuture<Void> closing = client.close();

        assertThat(Calls.failure(call).kind()).isEqualTo(Kind.CLOSED);
        closing.join();
        assertThat(Calls.failure(server.call(Calls.request("late"))).kind()).isEqualTo(Kind.CLOSED);
    }

    @Test
    void exitOfAChild_endsWhatItLeftBehind() {
        McpClient client = client();
        ToolServer server = open(client, StubbornChild.command());
        List<Long> pids = StubbornChild.pids(Calls.call(server, "pids"));

        ProcessHandle.of(pids.get(0)).orElseThrow().destroyForcibly();

        await().untilAsserted(() -> assertThat(pids).noneMatch(StubbornChild::isAlive));
        client.close().join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"told", "looking"})
    void killOfTheParent_leavesNoOrphan(String how) throws IOException {
        // As under nohup: a signal that is ignored at the start stays so in all children.
        Process parent = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "trap '' HUP; exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentMain.class.getName(),
                        how)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8));
        List<Long> pids = StubbornChild.pids(out.readLine());
        assertThat(pids).hasSize(2).allMatch(StubbornChild::isAlive);

        parent.destroyForcibly();

        await().atMost(Duration.ofMinutes(1)) // a fraction of a second where the processor is free
                .untilAsserted(() -> assertThat(pids).noneMatch(StubbornChild::isAlive));
    }
}
