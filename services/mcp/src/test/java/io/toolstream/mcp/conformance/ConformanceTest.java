package io.toolstream.mcp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The official conformance suite, run by {@code conformance.sh}. Where Node or npm's packages cannot be had it is skipped,
 * with the reason; with {@code TOOLSTREAM_REQUIRE_ALL=true} it fails.
 */
final class ConformanceTest {
    private static final Path MODULE = Path.of(System.getProperty("toolstream.basedir", "../.."), "services", "mcp");
    private static final int CANNOT_RUN = 3;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void everyScenarioAskedOfUs_passes() throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", MODULE.resolve("conformance.sh").toString()).redirectErrorStream(true);
        builder.environment()
                .put(
                        "CONFORMANCE_CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        Process suite = builder.start();
        String table = new String(suite.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = suite.waitFor();

        if (exit == CANNOT_RUN) {
            skip(table);
        }
        assertThat(exit).as(table).isZero();
        assertThat(table).contains("2026-07-28  tools_call ", "2025-11-25  initialize ", "0 failed");
        System.out.println(table);
    }

    private static void skip(String why) {
        if (Boolean.parseBoolean(System.getenv("TOOLSTREAM_REQUIRE_ALL"))) {
            throw new AssertionError("TOOLSTREAM_REQUIRE_ALL is set, but " + why);
        }
        System.err.println("SKIPPED: " + why);
        Assumptions.abort(why);
    }
}
