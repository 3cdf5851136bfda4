package io.toolstream.it.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** {@code toolstream batch} in a process of its own with a small heap, to be killed; and what its memory came to. */
final class BatchProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Process process;
    private final Path results;
    private final Path log;
    private long peakRssKib;

    private BatchProcess(Process process, Path results, Path log) {
        this.process = process;
        this.results = results;
        this.log = log;
    }

    /** Few at once take their time, so that a kill comes in the middle. */
    static BatchProcess start(String bootstrapServers, Path calls, Path results, Path log, int atOnce)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.toolstream.cli.Toolstream",
                "batch"));
        command.addAll(List.of(calls.toString(), "-o", results.toString()));
        command.addAll(List.of("--concurrency", Integer.toString(atOnce)));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of("TOOLSTREAM_BOOTSTRAP", bootstrapServers, "XDG_RUNTIME_DIR", "/nonexistent"));
        return new BatchProcess(builder.start(), results, log);
    }

    /** Waits until so many results are written, or it has ended. */
    void awaitResults(long count) {
        await(() -> !process.isAlive() || (Files.exists(results) && lines() >= count));
    }

    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** As Ctrl-C does, but for its signal: SIGINT is ignored by what a shell started in the background. Returns its exit code. */
    int terminate() {
        process.destroy();
        return awaitEnd();
    }

    int awaitEnd() {
        await(() -> !process.isAlive());
        return process.exitValue();
    }

    private void await(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .atMost(PATIENCE)
                .until(() -> {
                    peakRssKib = Math.max(peakRssKib, rssKib());
                    return condition.call();
                });
    }

    /** The most that was seen; 0 where the system does not tell. */
    long peakRssMib() {
        return peakRssKib / 1024;
    }

    private long rssKib() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException | UncheckedIOException goneOrElsewhere) {
            return 0;
        }
    }

    private long lines() {
        try (Stream<String> lines = Files.lines(results)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
