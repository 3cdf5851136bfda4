package io.toolstream.testkit;

import static io.toolstream.testkit.TestClient.INITIALIZE;
import static io.toolstream.testkit.TestClient.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StdioToolServerTest {
    private Child child = new Child();

    @AfterEach
    void end() {
        child.process.destroyForcibly();
    }

    @Test
    void messages_areAnsweredLineByLine() throws IOException {
        child = new Child("--stderr", "100000");

        child.write(INITIALIZE);
        assertThat(child.read()).contains("\"protocolVersion\":\"2025-06-18\"");
        child.write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        child.write(call(1, "echo", "{\"a\":\"é\"}"));
        assertThat(child.read()).contains("\"structuredContent\":{\"a\":\"é\"}");
        child.write("nonsense");
        assertThat(child.read()).contains("-32700");
    }

    @Test
    void answers_leaveInTheOrderTheyAreReady() throws IOException {
        child = new Child("--script", "echo=delay:1500");

        child.write(call(1, "echo", "{}") + "\n" + call(2, "add", "{\"a\":1,\"b\":2}"));

        assertThat(child.read()).contains("\"id\":2");
        assertThat(child.read()).contains("\"id\":1");
    }

    @Test
    void scripted_wrongIdTwiceGarbageAndDeath() throws Exception {
        child = new Child("--script", "echo=wrong-id,twice,garbage,cut:10");

        child.write(call(0, "echo", "{}"));
        assertThat(child.read()).contains("nobody-asked");
        child.write(call(1, "echo", "{}"));
        assertThat(child.read()).contains("\"id\":1");
        assertThat(child.read()).contains("\"id\":1");
        child.write(call(2, "echo", "{}"));
        assertThat(child.read()).isEqualTo("this is not JSON");
        child.write(call(3, "echo", "{}"));
        assertThat(child.read()).hasSize(10);
        assertThat(child.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.process.exitValue()).isEqualTo(1);
    }

    @Test
    void cancelled_endsACallWithoutAnswer() throws IOException {
        child.write(call(1, "sleep", "{\"ms\":1000}") + "\n"
                + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}\n"
                + call(2, "sleep", "{\"ms\":1500}"));

        assertThat(child.read()).contains("\"id\":2");
    }

    @Test
    void endOfInput_endsTheProcess_unlessDeaf() throws Exception {
        child.write(call(1, "sleep", "{\"ms\":60000}"));
        child.in.close();
        assertThat(child.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.process.exitValue()).isZero();

        child = new Child("--deaf");
        child.in.close();
        assertThat(child.process.waitFor(700, TimeUnit.MILLISECONDS)).isFalse();
    }

    /** The server as a child process. */
    private static final class Child {
        final Process process;
        final Writer in;
        private final BufferedReader out;

        Child(String... arguments) {
            try {
                process = new ProcessBuilder(StdioToolServer.command(arguments))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            in = process.outputWriter(UTF_8);
            out = process.inputReader(UTF_8);
        }

        void write(String line) throws IOException {
            in.write(line + "\n");
            in.flush();
        }

        String read() throws IOException {
            return String.valueOf(out.readLine());
        }
    }
}
