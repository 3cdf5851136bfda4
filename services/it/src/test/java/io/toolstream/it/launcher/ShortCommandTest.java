package io.toolstream.it.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a command costs that only prints something: the real command in a JVM of its own, without a class-data archive. */
@Timeout(60)
class ShortCommandTest {
    private static final int TRIES = 5;

    /** Three times what it takes on a quiet machine: for the machine, not for a slip of ours. */
    private static final Duration BOUND = Duration.ofMillis(1_500);

    @TempDir
    private Path folder;

    @Test
    void help_isThereAtOnce() throws Exception {
        List<Duration> seen = new ArrayList<>();
        while (seen.size() < TRIES && seen.stream().noneMatch(time -> time.compareTo(BOUND) < 0)) {
            seen.add(run(List.of(), "--help"));
        }

        System.out.println("toolstream --help without an archive took " + seen);
        assertThat(seen).anyMatch(time -> time.compareTo(BOUND) < 0);
    }

    @Test
    void help_loadsNothingOfWhatItTellsAbout() throws Exception {
        Path log = folder.resolve("classes");

        run(List.of("-Xlog:class+load:file=" + log), "--help");

        List<String> loaded = Files.readAllLines(log);
        assertThat(loaded).anyMatch(line -> line.contains("io.toolstream.cli.RootCommand"));
        assertThat(loaded)
                .noneMatch(line ->
                        line.matches(".* (org\\.apache\\.kafka|io\\.netty|ch\\.qos|org\\.slf4j|tools\\.jackson)\\..*"));
    }

    private static Duration run(List<String> options, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.toolstream.cli.Toolstream"));
        command.addAll(List.of(arguments));
        long startNanos = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(printed).contains("Usage: toolstream");
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
