package io.toolstream.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.cli.Console;
import io.toolstream.wire.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Totals totals = new Totals();
    private long nowNanos;

    @Test
    void show_onATerminal_takesOneLineHoweverNarrowItIs() {
        Progress progress = progress(true);
        totals.add(Status.OK);

        nowNanos = TimeUnit.SECONDS.toNanos(1);
        progress.show(totals, 50);

        assertThat(printed()).isEqualTo("\r\u001b[K\u001b[?7l1 result (50 % read)  1 ok  1/s, 1.0 s\u001b[?7h");
    }

    @Test
    void show_elsewhere_isALineNowAndThen() {
        Progress progress = progress(false);
        totals.add(Status.OK);

        nowNanos = TimeUnit.SECONDS.toNanos(1);
        progress.show(totals, 50);
        assertThat(printed()).isEmpty();
        nowNanos = TimeUnit.SECONDS.toNanos(10);
        progress.show(totals, 50);

        assertThat(printed()).isEqualTo("1 result (50 % read)  1 ok  0/s, 10.0 s" + System.lineSeparator());
    }

    private Progress progress(boolean isTerminal) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Console console =
                new Console(stream, stream, new ByteArrayInputStream(new byte[0]), Map.of(), false, isTerminal);
        return new Progress(console, () -> nowNanos, OptionalLong.of(100), 0);
    }

    private String printed() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
