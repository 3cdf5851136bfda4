package io.toolstream.it.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.embedded.demo.DemoToolServer;
import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.settings.servers.ServerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The program of the page on other languages, as it stands there: a Kafka client that shares no code with ours. */
@ExtendWith(SharedBroker.class)
@Timeout(240)
final class PythonTest {
    private static final Path PAGE =
            Path.of(System.getProperty("toolstream.basedir", "../.."), "services/docs/other-languages.md");

    private final TestCluster cluster;

    @TempDir
    private Path folder;

    PythonTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void program_ofThePage_printsWhatThePageSays() throws Exception {
        String python = python();
        Path program = Files.writeString(folder.resolve("tools.py"), block("```python\n(.*?)```"));
        String bootstrap = cluster.connection().bootstrapServers();
        String prefix = TestCluster.fresh("python") + ".";
        try (DemoToolServer demo = DemoToolServer.start();
                Line line =
                        Line.start(bootstrap, prefix, List.of(new ServerEntry.Http("demo", demo.url(), Map.of())))) {
            assertThat(run(python, program.toString(), bootstrap, line.topics().prefix()))
                    .isEqualTo(block("```\n\\$ python3 tools.py localhost:9092\n(.*?)```"));
        }
    }

    private static String block(String pattern) throws IOException {
        Matcher block = Pattern.compile(pattern, Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(block.find()).as(pattern).isTrue();
        return block.group(1);
    }

    /** The system's own first: that is the one with the system's packages. */
    private static String python() throws IOException, InterruptedException {
        for (String python : List.of("/usr/bin/python3", "python3")) {
            if (isWithKafka(python)) {
                return python;
            }
        }
        Missing.skip("Python", "there is no python3 with the package confluent-kafka");
        throw new AssertionError("skipped");
    }

    private static boolean isWithKafka(String python) throws InterruptedException {
        try {
            Process look = new ProcessBuilder(python, "-c", "import confluent_kafka")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return look.waitFor(60, TimeUnit.SECONDS) && look.exitValue() == 0;
        } catch (IOException none) {
            return false;
        }
    }

    /** What it prints on standard output; what it says on standard error is told where it fails. */
    private String run(String... command) throws Exception {
        Path errors = folder.resolve("errors");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
            return printed;
        } finally {
            process.destroyForcibly();
        }
    }
}
