package io.toolstream.it.npm;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.client.ClientSettings;
import io.toolstream.client.ToolCall;
import io.toolstream.client.ToolClient;
import io.toolstream.it.cli.CommandRun;
import io.toolstream.it.interop.Kcat;
import io.toolstream.it.interop.Line;
import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.wire.TopicNames;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole line on real MCP servers, three packages over stdio and HTTP: from the Java client, the command line and kcat. */
@ExtendWith(SharedBroker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class NpmServersTest {
    private static final String PREFIX = "npm.";

    private final TestCluster cluster;
    private @Nullable HttpServerProcess http;
    private @Nullable Line line;
    private @Nullable ToolClient client;
    private @Nullable Path files;

    NpmServersTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        files = folder.toRealPath();
        Files.writeString(files.resolve("greeting.txt"), "Grüß Gott, 世界\n");
        http = HttpServerProcess.start(NpmServers.script("everything"));
        line = Line.start(cluster.connection().bootstrapServers(), PREFIX, servers(files, http));
        client = ToolClient.connect(ClientSettings.of(cluster.connection(), new TopicNames(PREFIX)));
        client.ready().get(60, TimeUnit.SECONDS);
    }

    @AfterAll
    void stop() {
        for (AutoCloseable started : new @Nullable AutoCloseable[] {client, line, http}) {
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
        Reply created = call(ToolCall.of("memory", "create_entities").arguments(entity("Ada")));
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
                replies.get(i - 50).get(60, TimeUnit.SECONDS);
            }
        }

        for (int i = 0; i < replies.size(); i++) {
            Reply reply = replies.get(i).get(60, TimeUnit.SECONDS);
            assertThat(text(reply)).as("reply %d", i).contains("m-" + i + "-");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything", "everything-http"})
    void everything_fromTheCommandLine(String server) {
        assertThat(command("call", server, "get-sum", "a=19", "b=23")).contains("42");
        assertThat(command("call", server, "echo", "message=hällo 😀")).contains("hällo 😀");
        assertThat(command("tools", "ls", server)).contains("echo", "get-sum");
    }

    @Test
    void filesAndMemory_fromTheCommandLine() {
        String file = folder().resolve("greeting.txt").toString();

        assertThat(command("call", "filesystem", "read_text_file", "path=" + file))
                .contains("Grüß Gott, 世界");
        assertThat(command("call", "memory", "create_entities", "--args", entity("Lovelace")))
                .contains("Lovelace");
        assertThat(command("call", "memory", "search_nodes", "query=Lovelace")).contains("Lovelace");
        assertThat(command("tools", "ls")).contains("read_text_file", "read_graph", "get-sum");
        assertThat(command("servers", "ls")).contains("filesystem", "memory", "everything-http");
    }

    @Test
    void kcat_getsAnswersOfAllFour() throws Exception {
        Kcat kcat = Kcat.on(cluster.connection().bootstrapServers());
        String file = folder().resolve("greeting.txt").toString();

        Map<String, String> calls = Map.of(
                "everything",
                "\"echo\",\"arguments\":{\"message\":\"hällo 😀\"}",
                "everything-http",
                "\"echo\",\"arguments\":{\"message\":\"hällo 😀\"}",
                "filesystem",
                "\"read_text_file\",\"arguments\":{\"path\":\"" + file + "\"}",
                "memory",
                "\"create_entities\",\"arguments\":" + entity("Babbage"));
        for (Map.Entry<String, String> call : calls.entrySet()) {
            kcat.send(
                    PREFIX + "calls",
                    "{\"id\":\"kcat-%1$s\",\"server\":\"%1$s\",\"tool\":%2$s}"
                            .formatted(call.getKey(), call.getValue()));
        }

        assertThat(kcatsReply(kcat, "everything")).contains("hällo 😀");
        assertThat(kcatsReply(kcat, "everything-http")).contains("hällo 😀");
        assertThat(kcatsReply(kcat, "filesystem")).contains("Grüß Gott, 世界");
        assertThat(kcatsReply(kcat, "memory")).contains("Babbage");
    }

    private static String kcatsReply(Kcat kcat, String server) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> kcat.read(PREFIX + "replies").stream()
                                .filter(seen -> "ok".equals(seen.headers().get("toolstream-status")))
                                .map(Kcat.Seen::text)
                                .filter(text -> text.contains("\"kcat-" + server + "\""))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** What the command prints, once it has ended well. */
    private String command(String... words) {
        CommandRun run = new CommandRun(Map.of(
                "TOOLSTREAM_BOOTSTRAP",
                cluster.connection().bootstrapServers(),
                "TOOLSTREAM_TOPICS__PREFIX",
                PREFIX,
                "XDG_RUNTIME_DIR",
                "/nonexistent"));
        assertThat(run.run(words)).as(run.err()).isZero();
        return run.out();
    }

    private static String entity(String name) {
        return "{\"entities\":[{\"name\":\"" + name
                + "\",\"entityType\":\"person\",\"observations\":[\"wrote the first program\"]}]}";
    }

    private Reply call(ToolCall call) throws Exception {
        return running().call(call).get(60, TimeUnit.SECONDS);
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
