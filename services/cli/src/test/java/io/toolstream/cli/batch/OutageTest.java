package io.toolstream.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.cli.CommandFailure;
import io.toolstream.cli.Console;
import io.toolstream.cli.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OutageTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    private final Console console =
            new Console(stream, stream, new ByteArrayInputStream(new byte[0]), Map.of(), false, false);
    private long nowNanos;
    private final Outage outage = new Outage(console, () -> nowNanos);

    @Test
    void look_asItBeginsAndEnds_isToldOnceEach() {
        look(null);
        look("no connection");
        look("no connection");
        look(null);
        look(null);

        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "toolstream: waits for the broker, at most 60 s: no connection",
                        "toolstream: the broker is back");
        assertThat(outage.isOn()).isFalse();
    }

    @Test
    void look_afterTooLong_endsTheRunSoThatItCanBeResumed() {
        look("no connection");
        nowNanos += Outage.PATIENCE.toNanos();

        assertThatThrownBy(() -> look("no connection"))
                .hasMessageContaining("did not come back within 60 s: no connection")
                .asInstanceOf(InstanceOfAssertFactories.type(CommandFailure.class))
                .extracting(CommandFailure::code)
                .isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void look_atTheNextOutage_countsAnew() {
        look("no connection");
        nowNanos += Outage.PATIENCE.toNanos() / 2;
        look(null);
        look("no connection");
        nowNanos += Outage.PATIENCE.toNanos() / 2;

        look("no connection");

        assertThat(outage.isOn()).isTrue();
    }

    private void look(@Nullable String trouble) {
        nowNanos += Duration.ofSeconds(1).toNanos();
        outage.look(trouble);
    }
}
