package io.toolstream.it.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.client.ClientSettings;
import io.toolstream.client.ToolCall;
import io.toolstream.client.ToolClient;
import io.toolstream.embedded.AllInOne;
import io.toolstream.embedded.AllInOneSettings;
import io.toolstream.embedded.broker.BrokerException;
import io.toolstream.embedded.broker.BrokerSettings;
import io.toolstream.embedded.broker.EmbeddedBroker;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.worker.ReloadResult.Applied;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class AllInOneTest {
    private static final AllInOneSettings SETTINGS = AllInOneSettings.of(ToolstreamSettings.defaults());

    @Test
    void start_withoutServers_answersCallsToTheDemosTools() throws Exception {
        Set<Thread> before = userThreads();
        try (AllInOne all = AllInOne.start(SETTINGS)) {
            all.ready().get(60, TimeUnit.SECONDS);
            try (ToolClient client =
                    ToolClient.connect(ClientSettings.of(all.addresses().bootstrapServers()))) {
                Reply answered = call(client, ToolCall.of("demo", "add").arguments("{\"a\":1,\"b\":2}"));
                Reply failed = call(client, ToolCall.of("demo", "fail"));

                assertThat(answered.status()).isEqualTo(Status.OK);
                assertThat(failed.status()).isEqualTo(Status.TOOL_ERROR);
            }
            assertThat(all.addresses().demoTools()).isNotNull();
            assertThat(all.reload(ToolstreamSettings.defaults(), List.of())).isEqualTo(new Applied(List.of()));
            ServerEntry more = new ServerEntry.Http(
                    "more", Objects.requireNonNull(all.addresses().demoTools()), Map.of());
            assertThat(all.reload(ToolstreamSettings.defaults(), List.of(more)))
                    .isEqualTo(new Applied(List.of("server demo removed", "server more added")));
            assertThat(all.terminated()).isNotDone();
        }
        Awaitility.await()
                .pollInSameThread()
                .untilAsserted(() -> assertThat(userThreads()).isSubsetOf(before));
    }

    @Test
    void start_sameDirectoryAgain_goesOnWhereItEnded(@TempDir Path directory) throws Exception {
        AllInOneSettings kept = SETTINGS.withDataDirectory(directory);
        try (AllInOne all = AllInOne.start(kept)) {
            all.ready().get(60, TimeUnit.SECONDS);
            try (ToolClient client =
                    ToolClient.connect(ClientSettings.of(all.addresses().bootstrapServers()))) {
                assertThat(call(client, ToolCall.of("demo", "increment").argument("counter", "c"))
                                .status())
                        .isEqualTo(Status.OK);
            }
        }

        try (AllInOne all = AllInOne.start(kept)) {
            all.ready().get(60, TimeUnit.SECONDS);
            try (ToolClient client =
                    ToolClient.connect(ClientSettings.of(all.addresses().bootstrapServers()))) {
                Reply reply = call(client, ToolCall.of("demo", "increment").argument("counter", "c"));

                // The call of the first run was committed: a demo server that began anew counts one, not two.
                assertThat(Objects.requireNonNull(reply.result()).text()).contains("\"count\":1}");
            }
        }
        assertThat(directory.resolve("broker").resolve("meta.properties")).exists();
    }

    @Test
    void start_directoryInUse_failsAndLeavesNothing(@TempDir Path directory) {
        try (EmbeddedBroker other = EmbeddedBroker.bind(BrokerSettings.at(directory.resolve("broker")))) {
            Set<Thread> before = userThreads();

            assertThatThrownBy(() -> AllInOne.start(SETTINGS.withDataDirectory(directory)))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("in use");

            Awaitility.await()
                    .pollInSameThread()
                    .untilAsserted(() -> assertThat(userThreads()).isSubsetOf(before));
            assertThat(other.port()).isPositive();
        }
    }

    @Test
    void close_whileACallRuns_answersItFirst() throws Exception {
        AllInOne all = AllInOne.start(SETTINGS);
        all.ready().get(60, TimeUnit.SECONDS);
        try (ToolClient client =
                ToolClient.connect(ClientSettings.of(all.addresses().bootstrapServers()))) {
            CompletableFuture<Reply> running =
                    client.call(ToolCall.of("demo", "sleep").argument("ms", 1_000));
            Awaitility.await().until(() -> all.worker().calls().inFlight() > 0 || running.isDone());

            assertThat(all.close(Duration.ofSeconds(60))).isTrue();

            assertThat(running.get(60, TimeUnit.SECONDS).status()).isEqualTo(Status.OK);
            assertThat(all.terminated()).isDone();
        }
    }

    private static Reply call(ToolClient client, ToolCall call) throws Exception {
        return client.call(call.timeout(Duration.ofSeconds(20))).get(60, TimeUnit.SECONDS);
    }

    private static Set<Thread> userThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .collect(Collectors.toSet());
    }
}
