package io.toolstream.it.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a command costs that only prints something: the real command in a JVM of its own, without a class-data archive. */
@Timeout(240)
class ShortCommandTest {
    /** A fifth more than there are, 1,555 on Java 17 and 1,687 on 25: a start without an archive takes as long as it has classes to load. */
    private static final int MOST_CLASSES = 2_000;

    @TempDir
    private Path folder;

    @Test
    void help_loadsLittle_andNothingOfWhatItTellsAbout() throws Exception {
        Path log = folder.resolve("classes");

        run(List.of("-Xlog:class+load:file=" + log), "--help");

        List<String> loaded = Files.readAllLines(log);
        System.out.println("toolstream --help loads " + loaded.size() + " classes");
        assertThat(loaded).hasSizeLessThan(MOST_CLASSES);
        assertThat(loaded).anyMatch(line -> line.contains("io.toolstream.cli.RootCommand"));
        assertThat(loaded)
                .noneMatch(line ->
                        line.matches(".* (org\\.apache\\.kafka|io\\.netty|ch\\.qos|org\\.slf4j|tools\\.jackson)\\..*"));
    }

    private static void run(List<String> options, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.toolstream.cli.Toolstream"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(printed).contains("Usage: toolstream");
    }
}
