package io.toolstream.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.LogSettings;
import io.toolstream.settings.LogSettings.Format;
import io.toolstream.settings.LogSettings.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

final class LoggingTest {
    private final PrintStream stdout = System.out;
    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setOut(stdout);
        System.setErr(stderr);
        Logging.configure(LogSettings.DEFAULT);
    }

    @Test
    void text_isALineForPeople() {
        Logging.configure(new LogSettings(Level.INFO, Format.TEXT));

        LoggerFactory.getLogger("io.toolstream.worker.Worker")
                .atInfo()
                .addKeyValue("call_id", "c1")
                .log("ready");

        assertThat(logged())
                .singleElement()
                .asString()
                .matches("\\d\\d:\\d\\d:.* INFO  \\[.*] Worker: ready call_id=\"c1\"");
        assertThat(out.size()).isZero();
    }

    @Test
    void json_isAnObjectALine() {
        Logging.configure(new LogSettings(Level.INFO, Format.JSON));

        LoggerFactory.getLogger("io.toolstream.worker.Worker")
                .atWarn()
                .addKeyValue("call_id", "c1")
                .setCause(new IllegalStateException("on purpose\nin two lines"))
                .log("not {}", "ready");

        assertThat(logged())
                .singleElement()
                .asString()
                .startsWith("{")
                .contains("\"level\":\"WARN\"")
                .contains("\"formattedMessage\":\"not ready\"")
                .contains("\"call_id\":\"c1\"")
                .contains("\"throwable\":")
                .endsWith("}");
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "OFF,   -----, -----",
        "ERROR, ----E, ----E",
        "WARN,  ---WE, ---WE",
        "INFO,  --IWE, ---WE",
        "DEBUG, -DIWE, --IWE",
        "TRACE, TDIWE, -DIWE",
    })
    void level_isOursAndLibrariesStayQuieter(Level level, String ours, String libraries) {
        Logging.configure(new LogSettings(level, Format.TEXT));

        assertThat(heard("io.toolstream.worker.Worker")).isEqualTo(ours);
        assertThat(heard("org.apache.kafka.clients.NetworkClient")).isEqualTo(libraries);
    }

    @Test
    void level_ofLibrariesThatComplainTooMuch_isHigher() {
        Logging.configure(LogSettings.DEFAULT);

        assertThat(heard("org.apache.kafka.common.utils.AppInfoParser")).isEqualTo("----E");
    }

    @ParameterizedTest
    @CsvSource({"debug, DEBUG", "WARN, WARN", "loud, INFO", ", INFO"})
    void defaultLevel_comesFromTheVariable(@Nullable String text, Level level) {
        assertThat(DefaultLogging.level(text)).isEqualTo(level);
    }

    /** One letter for each level that is heard. */
    private static String heard(String logger) {
        org.slf4j.Logger log = LoggerFactory.getLogger(logger);
        return (log.isTraceEnabled() ? "T" : "-")
                + (log.isDebugEnabled() ? "D" : "-")
                + (log.isInfoEnabled() ? "I" : "-")
                + (log.isWarnEnabled() ? "W" : "-")
                + (log.isErrorEnabled() ? "E" : "-");
    }

    /** By the logger of these tests: threads that others have left behind may speak as well. */
    private List<String> logged() {
        return err.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("Worker"))
                .toList();
    }
}
