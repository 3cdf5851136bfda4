package io.toolstream.it.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalPipelineTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private Map<String, String> environment;

    @BeforeEach
    void prepare() {
        environment = Map.of("XDG_RUNTIME_DIR", folder.toString());
    }

    @Test
    void demo_showsEveryEndingAndExitsWith0() {
        CommandRun demo = new CommandRun(environment);

        int exitCode = demo.run("demo");

        assertThat(exitCode).as(demo.out() + demo.err()).isZero();
        assertThat(demo.out())
                .contains(
                        "ok  Hello",
                        "tool_error  No such city",
                        "did you mean \"word_count\"",
                        "P95 MS",
                        "× 500, 10 at a time");
        assertThat(demo.err()).contains("every call ended as it should");
    }

    @Test
    void dev_isFoundByOtherCommandsAndKeepsItsTopicsOverARestart() throws Exception {
        String data = folder.resolve("data").toString();
        try (Dev dev = new Dev("dev", "--port", "0", "--data-dir", data)) {
            CommandRun call = new CommandRun(environment);
            assertThat(call.run("call", "demo", "echo", "text=Hello"))
                    .as(call.err())
                    .isZero();
            assertThat(call.out()).isEqualTo("Hello\n");
            assertThat(dev.command.out()).contains("kafka", "admin", "kcat -P");
            assertDeadLettersAreListedReplayedAndResolved();
            assertThat(reload(dev.command.out())).isEqualTo(200);
        }
        assertThat(folder.resolve("toolstream/dev")).doesNotExist();

        try (Dev again = new Dev("dev", "--port", "0", "--data-dir", data)) {
            CommandRun tools = new CommandRun(environment);
            assertThat(tools.run("tools", "ls")).as(again.command.err()).isZero();
            assertThat(tools.out()).contains("word_count");
        }
    }

    private static int reload(String banner) throws Exception {
        Matcher admin = Pattern.compile("http://127\\.0\\.0\\.1:\\d+").matcher(banner);
        assertThat(admin.find()).as(banner).isTrue();
        HttpRequest request = HttpRequest.newBuilder(URI.create(admin.group() + "/reload"))
                .POST(BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private void assertDeadLettersAreListedReplayedAndResolved() {
        assertThat(new CommandRun(environment).run("call", "demo", "nonsense")).isEqualTo(3);
        assertThat(new CommandRun(environment).run("call", "demo", "nonsense")).isEqualTo(3);
        assertThat(new CommandRun(environment).run("call", "demo__echo")).isEqualTo(3);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deadLetters(0, "ls", "-o", "json"))
                        .contains("\"code\": \"unknown-tool\"", "\"count\": 2", "\"code\": \"invalid-arguments\""));
        assertThat(deadLetters(2, "replay", "--all", "--confirm", "--args", "{}"))
                .contains("these are of demo/echo, demo/nonsense");
        assertThat(deadLetters(0, "replay", "--server", "demo", "--tool", "echo", "--args", "{\"text\":\"Hi\"}"))
                .contains("sent: 1 of 1");
        assertThat(deadLetters(0, "replay", "--all", "--dry-run")).contains("of tools that run once");
        assertThat(deadLetters(1, "replay", "--all", "--confirm", "--canary", "1"))
                .contains("sent: 1 of 2", "ended rejected");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deadLetters(0, "ls", "-o", "json"))
                        .contains("\"count\": 2")); // one not sent, and one more that came of the trial
        assertThat(deadLetters(0, "replays", "-o", "jsonl")).contains("\"sent\":1", "ended rejected (unknown-tool)");
        assertThat(deadLetters(0, "resolve", "--code", "unknown-tool", "--note", "a slip"))
                .contains("resolved: 2");
        assertThat(deadLetters(0, "ls", "--each", "--all", "-o", "jsonl")).contains("\"state\":\"replayed\"");
        assertThat(deadLetters(0, "resolve", "9999@1")).contains("resolved: 0", "1 of the letters named");
        assertThat(deadLetters(0, "ls", "-o", "jsonl")).doesNotContain("unknown-tool");
    }

    private String deadLetters(int exitCode, String... words) {
        CommandRun run = new CommandRun(environment);
        List<String> command = new ArrayList<>(List.of("dead-letters"));
        command.addAll(List.of(words));
        assertThat(run.run(command.toArray(String[]::new))).as(run.err()).isEqualTo(exitCode);
        return run.out() + run.err();
    }

    /** A {@code dev} on a thread of its own; interrupting it is what a signal is to a process. */
    private final class Dev implements AutoCloseable {
        final CommandRun command = new CommandRun(environment);
        private final AtomicInteger exitCode = new AtomicInteger(-1);
        private final Thread thread;

        Dev(String... arguments) {
            thread = new Thread(() -> exitCode.set(command.run(arguments)), "dev");
            thread.start();
            await().atMost(PATIENCE).until(() -> command.out().contains("HEALTH") || !thread.isAlive());
            assertThat(exitCode).as(command.err()).hasValue(-1);
        }

        @Override
        public void close() {
            thread.interrupt();
            await().atMost(PATIENCE).until(() -> !thread.isAlive());
            assertThat(exitCode).as(command.err()).hasValue(130);
        }
    }
}
