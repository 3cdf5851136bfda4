package io.toolstream.it.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.embedded.AllInOne;
import io.toolstream.embedded.AllInOneSettings;
import io.toolstream.settings.SettingsLoader;
import io.toolstream.settings.SettingsSources;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandsTest {
    private static final int BATCH_CALLS = Integer.getInteger("toolstream.batch.calls", 5_000);

    /** What the system makes of a JVM that ends at SIGTERM. */
    private static final int TERMINATED = 143;

    private static AllInOne pipeline;

    private CommandRun command;

    @BeforeAll
    static void start() throws Exception {
        pipeline = AllInOne.start(AllInOneSettings.of(
                SettingsLoader.load(SettingsSources.of("topics.partitions=4")).settings()));
        pipeline.ready().get(60, TimeUnit.SECONDS);
    }

    @BeforeEach
    void prepare() {
        command = new CommandRun(Map.of(
                "TOOLSTREAM_BOOTSTRAP", pipeline.addresses().bootstrapServers(), "XDG_RUNTIME_DIR", "/nonexistent"));
    }

    @AfterAll
    static void end() {
        pipeline.close();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "call demo echo text=Hello,                        0, Hello,                     ok",
                "call demo add a=0.1 b=0.2,                        0, 0.3,                       ok",
                "call demo__echo text=one-name,                    0, one-name,                  ok",
                "call demo fail message=broken,                    1, broken,                    tool_error",
                "call demo add --args {},                          3, \"\",                      invalid-arguments",
                "call demo ecko text=a,                            3, \"\",                      \"did you mean \"\"echo\"\"\"",
                "call dmo echo text=a,                             3, \"\",                      \"did you mean \"\"demo\"\"\"",
                "call demo sleep ms=60000 --timeout 3s,            4, \"\",                      timed-out",
                "call demo add a=x b=1,                            2, \"\",                      the tool expects number",
                "tools ls demo,                                    0, word_count,                \"\"",
                "tools show demo add,                              0, number,                    \"\"",
                "tools show demo ad,                               3, \"\",                      did you mean add?",
                "servers ls,                                       0, closed,                    \"\"",
                "servers ls,                                       0, 2025-11-25,                \"\"",
                "topics create --partitions 4,                     0, toolstream.calls,          \"\"",
                "topics create --partitions 5,                     3, \"\",                      partitions",
            })
    void command_endsAsItShould(String words, int exitCode, String out, String err) {
        assertThat(command.run(words.split(" "))).as(command.err()).isEqualTo(exitCode);

        assertThat(command.out()).contains(out);
        assertThat(command.err()).contains(err).doesNotContain("\tat ");
        if (exitCode > 1) {
            assertThat(command.out()).isEmpty();
        }
    }

    /** Which takes two answered probes. */
    @Test
    void serversLs_soonAfterTheStart_tellsThatAServerIsWell() {
        await().untilAsserted(() -> {
            assertThat(command.run("servers", "ls")).isZero();
            assertThat(command.out()).containsPattern("demo +http +healthy +closed");
        });
    }

    @Test
    void call_forPrograms_isOneLineOfJson() {
        assertThat(command.run("call", "demo", "add", "a=1", "b=2", "-o", "jsonl"))
                .isZero();

        assertThat(command.out().lines())
                .singleElement()
                .asString()
                .startsWith("{\"id\":\"")
                .contains("\"status\":\"ok\"", "\"structuredContent\":{\"sum\":3}", "\"final\":true");
        assertThat(command.err()).isEmpty();
    }

    @Test
    void call_async_tellsTheIdAtOnce() {
        assertThat(command.run("call", "demo", "sleep", "ms=60000", "--async")).isZero();

        assertThat(command.out()).matches("[0-9a-f-]{36}\\R");
        assertThat(command.err()).contains("accepted at toolstream.calls-");
    }

    /**
     * Killed once, terminated once, and given again: every call has one result, in order. The long form is
     * {@code mvn test -pl services/it -am -Dtest=CommandsTest -Dtoolstream.batch.calls=100000}.
     */
    @Test
    void batch_killedAndTerminatedAndGivenAgain_hasEachResultOnceInOrder(@TempDir Path folder) throws Exception {
        int calls = BATCH_CALLS;
        Path input = folder.resolve("calls.jsonl");
        Path results = folder.resolve("results.jsonl");
        try (BufferedWriter writer = Files.newBufferedWriter(input)) {
            for (int i = 0; i < calls; i++) {
                writer.write("{\"server\":\"demo\",\"tool\":\"echo\",\"arguments\":{\"text\":\"call " + i + ".\"}}\n");
            }
        }

        try (BatchProcess first = batch(folder, "first")) {
            first.awaitResults(calls / 10);
            first.kill();
        }
        try (BatchProcess second = batch(folder, "second")) {
            second.awaitResults(calls * 3L / 10);
            assertThat(second.terminate()).as(second.output()).isEqualTo(TERMINATED);
            assertThat(second.output()).contains("going on after ", "the same command goes on");
        }
        try (BatchProcess third = batch(folder, "third")) {
            third.awaitResults(calls * 3L / 4);
            long before = third.peakRssMib();
            assertThat(third.awaitEnd()).as(third.output()).isZero();
            System.out.println(calls + " calls, -Xmx96m: at most " + before + " MiB resident at three quarters, "
                    + third.peakRssMib() + " MiB at the end; " + third.output());
            assertThat(third.peakRssMib()).isLessThan(300).isLessThan(before + 40);
        }

        try (BufferedReader reader = Files.newBufferedReader(results)) {
            for (int i = 0; i < calls; i++) {
                assertThat(reader.readLine())
                        .startsWith("{\"index\":" + i + ",\"line\":" + (i + 1) + ",")
                        .contains("\"status\":\"ok\"", "\"call " + i + ".\"");
            }
            assertThat(reader.readLine()).isNull();
        }
    }

    private static BatchProcess batch(Path folder, String name) throws IOException {
        return BatchProcess.start(
                pipeline.addresses().bootstrapServers(),
                folder.resolve("calls.jsonl"),
                folder.resolve("results.jsonl"),
                folder.resolve(name + ".log"),
                BATCH_CALLS < 10_000 ? 32 : 500);
    }
}
