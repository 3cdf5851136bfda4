package io.toolstream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With processes of their own: a signal is nothing to try at home. */
final class ShutdownTest {
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void signal_closesOnceAndKeepsTheExitStatus() throws Exception {
        Process process = start("wait");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("started");

            // Unlike Process.destroy, this leaves the streams open.
            assertThat(process.toHandle().destroy()).isTrue();

            assertThat(out.lines()).containsExactly("signal seen", "closing");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void exit_closesAndKeepsTheExitStatus() throws Exception {
        assertThat(run("exit")).containsExactly("started", "closing", "status 5");
    }

    @Test
    void exit_whenPartsHang_endsAnyway() throws Exception {
        assertThat(run("hang")).containsExactly("started", "status 5");
    }

    @Test
    void close_takesTheHookAway() throws Exception {
        assertThat(run("take away")).containsExactly("started", "status 5");
    }

    private static List<String> run(String what) throws Exception {
        Process process = start(what);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = new ArrayList<>(out.lines().toList());
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            lines.add("status " + process.exitValue());
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(String what) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        what)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What the processes run. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws InterruptedException {
            boolean hangs = arguments[0].equals("hang");
            boolean waits = arguments[0].equals("wait");
            CountDownLatch seen = new CountDownLatch(waits ? 1 : 0);
            Lifecycle lifecycle = new Lifecycle(hangs ? Duration.ofMillis(500) : Duration.ofSeconds(30));
            lifecycle.add(
                    "part",
                    () -> {
                        if (hangs) {
                            Thread.currentThread().join();
                        }
                        seen.await(); // the process ends with this, whoever else has something to say
                        System.out.println("closing");
                    },
                    Duration.ofSeconds(30));
            Shutdown shutdown = Shutdown.install(lifecycle);
            System.out.println("started");
            if (waits) {
                shutdown.awaitSignal();
                System.out.println("signal seen");
                seen.countDown();
            }
            if (arguments[0].equals("take away")) {
                shutdown.close();
            }
            System.exit(5);
        }
    }
}
