package io.toolstream.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code toolstream run worker} in a process of its own, told to read its files again. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class HangUpTest {
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
        try (ScriptedToolServer tools = ScriptedToolServer.start()) {
            Files.writeString(servers, file(Map.of("first", tools)));
            try (WorkerProcess worker = WorkerProcess.start(
                            cluster, servers, folder.resolve("log"), "topics.prefix=" + prefix, "topics.partitions=2");
                    ToolClient client =
                            ToolClient.connect(ClientSettings.of(cluster.connection(), new TopicNames(prefix)))) {
                worker.awaitReady();
                requireHearing(worker);
                assertThat(status(client, "first")).as(worker.log()).isEqualTo(Status.OK);
                assertThat(status(client, "second")).isEqualTo(Status.REJECTED);

                Files.writeString(servers, file(Map.of("first", tools, "second", tools)));
                worker.hangUp();
                worker.awaitLine("server second added");
                assertThat(status(client, "second")).isEqualTo(Status.OK);

                Files.writeString(servers, "{no json");
                worker.hangUp();
                worker.awaitLine("new settings are wrong, the old ones hold");
                assertThat(status(client, "second")).isEqualTo(Status.OK);
                worker.terminate();
                worker.awaitEnd();
            }
        }
    }

    /** Tests under nohup have children that ignore the signal, too. */
    private static void requireHearing(WorkerProcess worker) {
        if (worker.log().contains("SIGHUP is ignored")) {
            Missing.skip("SIGHUP", "these tests were started to ignore it");
        }
    }

    private static Status status(ToolClient client, String server) throws Exception {
        Reply reply = client.call(
                        ToolCall.of(server, "echo").argument("text", "hi").timeout(Duration.ofSeconds(20)))
                .get(60, TimeUnit.SECONDS);
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
}
