package io.toolstream.it.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
    void dev_isFoundByOtherCommandsAndKeepsItsTopicsOverARestart() {
        String data = folder.resolve("data").toString();
        try (Dev dev = new Dev("dev", "--port", "0", "--data-dir", data)) {
            CommandRun call = new CommandRun(environment);
            assertThat(call.run("call", "demo", "echo", "text=Hello"))
                    .as(call.err())
                    .isZero();
            assertThat(call.out()).isEqualTo("Hello\n");
            assertThat(dev.command.out()).contains("kafka", "admin", "kcat -P");
        }
        assertThat(folder.resolve("toolstream/dev")).doesNotExist();

        try (Dev again = new Dev("dev", "--port", "0", "--data-dir", data)) {
            CommandRun tools = new CommandRun(environment);
            assertThat(tools.run("tools", "ls")).as(again.command.err()).isZero();
            assertThat(tools.out()).contains("word_count");
        }
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
