package io.toolstream.embedded.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DemoStdioTest {
    private Process process;
    private Writer in;
    private BufferedReader out;

    @BeforeEach
    void start() throws IOException, URISyntaxException {
        Path classes = Path.of(DemoStdio.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        process = new ProcessBuilder(java, "-cp", classes.toString(), DemoStdio.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        in = process.outputWriter(UTF_8);
        out = process.inputReader(UTF_8);
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void messages_areLines_andTheEndOfInputIsTheEnd() throws IOException, InterruptedException {
        write(
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\"}}");
        assertThat(out.readLine()).contains("\"protocolVersion\":\"2025-11-25\"");
        write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        write(call(1, "echo", "{\"text\":\"line\\nbreak é\"}"));
        assertThat(out.readLine()).contains("line\\u000abreak é");
        write("nonsense");
        assertThat(out.readLine()).contains("-32700");

        in.close();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(out.readLine()).isNull();
    }

    @Test
    void answers_leaveInTheOrderTheyAreReady() throws IOException {
        write(call(1, "sleep", "{\"ms\":1000}"), call(2, "add", "{\"a\":1,\"b\":2}"));

        assertThat(out.readLine()).contains("\"id\":2");
        assertThat(out.readLine()).contains("\"id\":1");
    }

    @Test
    void cancelled_endsACallWithoutAnswer() throws IOException {
        write(
                call(1, "sleep", "{\"ms\":1000}"),
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}",
                call(2, "sleep", "{\"ms\":1300}"));

        assertThat(out.readLine()).contains("\"id\":2");
    }

    /** At once: nothing but the child's own work is between two lines. */
    private void write(String... lines) throws IOException {
        in.write(String.join("\n", lines) + "\n");
        in.flush();
    }

    private static String call(int id, String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
    }
}
