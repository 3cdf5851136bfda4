package io.toolstream.it.npm;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.client.ClientSettings;
import io.toolstream.client.ToolCall;
import io.toolstream.client.ToolClient;
import io.toolstream.embedded.broker.BrokerSettings;
import io.toolstream.embedded.broker.EmbeddedBroker;
import io.toolstream.settings.KafkaSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.worker.Worker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole line, from the calls topic to the reply, on real MCP servers: three packages, stdio and HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class NpmServersTest {
    private @Nullable EmbeddedBroker broker;
    private @Nullable HttpServerProcess http;
    private @Nullable Worker worker;
    private @Nullable ToolClient client;
    private @Nullable Path files;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        files = folder.toRealPath();
        Files.writeString(files.resolve("greeting.txt"), "Grüß Gott, 世界\n");
        http = HttpServerProcess.start(NpmServers.script("everything"));
        broker = EmbeddedBroker.start(BrokerSettings.temporary());
        worker = Worker.start(settings(broker), servers(files, http));
        client = ToolClient.connect(ClientSettings.of(broker.bootstrapServers()));
        worker.ready().get(60, TimeUnit.SECONDS);
        client.ready().get(60, TimeUnit.SECONDS);
    }

    @AfterAll
    void stop() {
        for (AutoCloseable started : new @Nullable AutoCloseable[] {client, worker, broker, http}) {
            close(started);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything", "everything-http"})
    void everything_echoesAndAdds(String server) throws Exception {
        Reply echo = call(ToolCall.of(server, "echo").argument("message", "hällo 😀"));
        Reply sum = call(ToolCall.of(server, "get-sum").argument("a", 19).argument("b", 23));

        assertThat(echo.status()).isEqualTo(Status.OK);
        assertThat(text(echo)).contains("hällo 😀");
        assertThat(text(sum)).contains("42");
    }

    @Test
    void filesystem_readsAFile() throws Exception {
        Reply reply = call(ToolCall.of("filesystem", "read_text_file")
                .argument("path", folder().resolve("greeting.txt").toString()));

        assertThat(reply.status()).isEqualTo(Status.OK);
        assertThat(text(reply)).contains("Grüß Gott, 世界");
    }

    @Test
    void filesystem_outsideOfItsFolder_isAToolError() throws Exception {
        Reply reply = call(ToolCall.of("filesystem", "read_text_file").argument("path", "/etc/hostname"));

        assertThat(reply.status()).isEqualTo(Status.TOOL_ERROR);
    }

    @Test
    void memory_remembers() throws Exception {
        Reply created = call(
                ToolCall.of("memory", "create_entities")
                        .arguments(
                                "{\"entities\":[{\"name\":\"Ada\",\"entityType\":\"person\",\"observations\":[\"wrote the first program\"]}]}"));
        Reply graph = call(ToolCall.of("memory", "read_graph"));

        assertThat(created.status()).isEqualTo(Status.OK);
        assertThat(text(graph)).contains("Ada").contains("wrote the first program");
    }

    @Test
    void argumentsAgainstTheSchema_areRejectedBeforeTheServer() throws Exception {
        Reply reply = call(
                ToolCall.of("everything", "get-sum").argument("a", "nineteen").argument("b", 23));

        assertThat(reply.status()).isEqualTo(Status.REJECTED);
        assertThat(String.valueOf(reply.error())).contains("invalid-arguments").contains("/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything", "everything-http"})
    void fiftyInFlight_everyAnswerIsMatched(String server) throws Exception {
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            replies.add(running().call(ToolCall.of(server, "echo").argument("message", "m-" + i + "-")));
            if (i >= 50) {
                replies.get(i - 50).get(30, TimeUnit.SECONDS);
            }
        }

        for (int i = 0; i < replies.size(); i++) {
            Reply reply = replies.get(i).get(30, TimeUnit.SECONDS);
            assertThat(text(reply)).as("reply %d", i).contains("m-" + i + "-");
        }
    }

    private Reply call(ToolCall call) throws Exception {
        return running().call(call).get(40, TimeUnit.SECONDS);
    }

    private ToolClient running() {
        if (client == null) {
            throw new IllegalStateException("not started");
        }
        return client;
    }

    private Path folder() {
        if (files == null) {
            throw new IllegalStateException("not started");
        }
        return files;
    }

    private static String text(Reply reply) {
        assertThat(reply.result()).as("result of %s", reply).isNotNull();
        return reply.result() == null ? "" : reply.result().text();
    }

    private static ToolstreamSettings settings(EmbeddedBroker broker) {
        ToolstreamSettings defaults = ToolstreamSettings.defaults();
        return new ToolstreamSettings(
                defaults.profile(),
                new KafkaSettings(broker.bootstrapServers(), "npm-test", Map.of()),
                defaults.topics(),
                defaults.worker(),
                defaults.client(),
                defaults.mcp(),
                defaults.remoteMcp(),
                defaults.limits(),
                defaults.admin(),
                defaults.log(),
                defaults.servers());
    }

    private static List<ServerEntry> servers(Path files, HttpServerProcess http) throws IOException {
        Path memory = Files.createTempFile("memory", ".jsonl");
        return List.of(
                stdio("everything", List.of(), Map.of()),
                stdio("filesystem", List.of(files.toString()), Map.of()),
                stdio("memory", List.of(), Map.of("MEMORY_FILE_PATH", memory.toString())),
                new ServerEntry.Http("everything-http", URI.create(http.url()), Map.of()));
    }

    private static ServerEntry stdio(String name, List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>(
                List.of(NpmServers.node(), NpmServers.script(name).toString()));
        command.addAll(arguments);
        return new ServerEntry.Stdio(name, command, environment, null);
    }

    private static void close(@Nullable AutoCloseable started) {
        try {
            if (started != null) {
                started.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
