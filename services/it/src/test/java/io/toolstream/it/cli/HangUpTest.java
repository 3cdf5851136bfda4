package io.toolstream.it.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.client.ClientSettings;
import io.toolstream.client.ToolCall;
import io.toolstream.client.ToolClient;
import io.toolstream.it.interop.Missing;
import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.wire.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code toolstream run worker} in a process of its own, told to read its files again. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class HangUpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final TestCluster cluster;
    private final String prefix = TestCluster.fresh("hangup") + ".";

    @TempDir
    private Path folder;

    HangUpTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void signal_hasARunningWorkerReadItsToolServersAgain_andAWrongFileChangesNothing() throws Exception {
        Path servers = folder.resolve("mcp.json");
        Path log = folder.resolve("log");
        try (ScriptedToolServer tools = ScriptedToolServer.start()) {
            Files.writeString(servers, file(Map.of("first", tools)));
            Process worker = start(servers, log);
            try (ToolClient client =
                    ToolClient.connect(ClientSettings.of(cluster.connection(), new TopicNames(prefix)))) {
                await().atMost(PATIENCE).until(() -> Files.readString(log).contains("ready") || !worker.isAlive());
                requireHearing(log);
                assertThat(status(client, "first")).as(Files.readString(log)).isEqualTo(Status.OK);
                assertThat(status(client, "second")).isEqualTo(Status.REJECTED);

                Files.writeString(servers, file(Map.of("first", tools, "second", tools)));
                hangUp(worker);
                awaitLine(log, "server second added");
                assertThat(status(client, "second")).isEqualTo(Status.OK);

                Files.writeString(servers, "{no json");
                hangUp(worker);
                awaitLine(log, "new settings are wrong, the old ones hold");
                assertThat(status(client, "second")).isEqualTo(Status.OK);
            } finally {
                worker.destroy();
                assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    /** Tests under nohup have children that ignore the signal, too. */
    private static void requireHearing(Path log) throws IOException {
        if (Files.readString(log).contains("SIGHUP is ignored")) {
            Missing.skip("SIGHUP", "these tests were started to ignore it");
        }
    }

    private static void awaitLine(Path log, String words) {
        await().atMost(PATIENCE).until(() -> Files.readString(log).contains(words));
    }

    private static Status status(ToolClient client, String server) throws Exception {
        Reply reply = client.call(
                        ToolCall.of(server, "echo").argument("text", "hi").timeout(Duration.ofSeconds(20)))
                .get(30, TimeUnit.SECONDS);
        return reply.status();
    }

    private static String file(Map<String, ScriptedToolServer> servers) {
        StringBuilder text = new StringBuilder("{\"mcpServers\":{");
        servers.forEach((name, server) -> text.append(text.toString().endsWith("}") ? "," : "")
                .append('"')
                .append(name)
                .append("\":{\"url\":\"")
                .append(server.url())
                .append("\"}"));
        return text.append("}}").toString();
    }

    private Process start(Path servers, Path log) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.toolstream.cli.Toolstream",
                "run",
                "worker",
                "--servers",
                servers.toString(),
                "--bootstrap",
                cluster.connection().bootstrapServers(),
                "--set",
                "topics.prefix=" + prefix,
                "--set",
                "topics.partitions=2",
                "--set",
                "topics.replication=1",
                "--set",
                "topics.create=true",
                "--set",
                "admin.port=0");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static void hangUp(Process worker) throws IOException, InterruptedException {
        int unused = new ProcessBuilder("kill", "-HUP", Long.toString(worker.pid()))
                .start()
                .waitFor();
    }
}
