package io.toolstream.it.guarantee;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of its own that says {@code ready} when it is, and can be stopped, continued and killed. */
final class Program implements AutoCloseable {
    static final String READY = "ready";
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Process process;
    private final Path log;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** With the classes of this JVM; its output goes to the file. */
    static Program start(Path log, Class<?> main, String... arguments) {
        return start(log, List.of(), main, arguments);
    }

    /** The same, and it listens for a debugger. */
    static Program startDebugged(Path log, Class<?> main, String... arguments) {
        return start(
                log,
                List.of("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0"),
                main,
                arguments);
    }

    /** The same with options for its JVM. */
    static Program start(Path log, List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        try {
            return new Program(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the program says that it is ready. */
    Program awaitReady() {
        long deadlineNanos = System.nanoTime() + START_LIMIT.toNanos();
        while (!output().lines().anyMatch(READY::equals)) {
            if (!process.isAlive() || System.nanoTime() > deadlineNanos) {
                throw new AssertionError(this + " does not start:\n" + output());
            }
            Pause.of(Duration.ofMillis(50));
        }
        return this;
    }

    int debuggerPort() {
        String listening = output().lines()
                .filter(line -> line.startsWith("Listening for transport"))
                .findFirst()
                .orElseThrow();
        return Integer.parseInt(listening.substring(listening.lastIndexOf(' ') + 1));
    }

    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks to end and waits until it has. */
    void terminate() {
        process.destroy();
        awaitEnd();
    }

    void stop() {
        signal("-STOP");
    }

    void resume() {
        signal("-CONT");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("kill " + name + " of " + this + " ended with " + status);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                throw new AssertionError(this + " does not end");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return log.getFileName().toString();
    }
}
