package io.toolstream.it.cli;

import static org.awaitility.Awaitility.await;

import io.toolstream.it.kafka.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code toolstream run worker} in a process of its own, and the signals it is sent. */
public final class WorkerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern ADMIN = Pattern.compile("admin http://127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final Path log;

    private WorkerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Writes what it says into this file; {@code settings} are of the form {@code key=value}. */
    public static WorkerProcess start(TestCluster cluster, Path servers, Path log, String... settings)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.toolstream.cli.Toolstream",
                "run",
                "worker"));
        command.addAll(List.of("--servers", servers.toString()));
        command.addAll(List.of("--bootstrap", cluster.connection().bootstrapServers()));
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        command.addAll(List.of("--set", "topics.replication=1", "--set", "topics.create=true"));
        command.addAll(List.of("--set", "admin.port=0"));
        return new WorkerProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /** Waits until it says so; fails where it has ended. */
    public void awaitReady() {
        await().atMost(PATIENCE).until(() -> log().contains("ready") || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError(log());
        }
    }

    public void awaitLine(String words) {
        await().atMost(PATIENCE).until(() -> log().contains(words));
    }

    /** The port of its admin endpoint. */
    public int adminPort() {
        await().atMost(PATIENCE).until(() -> ADMIN.matcher(log()).find());
        Matcher found = ADMIN.matcher(log());
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGHUP. */
    public void hangUp() throws IOException, InterruptedException {
        int unused = new ProcessBuilder("kill", "-HUP", Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end and tells its exit code. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end:\n" + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
