package io.toolstream.it.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** Prometheus's own opinion of what it is to scrape. */
public final class Promtool {
    private Promtool() {}

    /** What {@code promtool check metrics} has against a scrape; nothing if all is well. Skips the test where there is none. */
    public static String complaints(String scrape) throws IOException, InterruptedException {
        Process check;
        try {
            check = new ProcessBuilder("promtool", "check", "metrics")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            Missing.skip("promtool", "promtool cannot be run: " + e.getMessage());
            throw e;
        }
        try (OutputStream input = check.getOutputStream()) {
            input.write(scrape.getBytes(UTF_8));
        }
        String complaints = new String(check.getInputStream().readAllBytes(), UTF_8);
        assertThat(check.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return complaints.isEmpty() && check.exitValue() != 0 ? "exit code " + check.exitValue() : complaints;
    }
}
