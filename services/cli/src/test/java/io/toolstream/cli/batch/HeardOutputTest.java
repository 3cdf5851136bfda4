package io.toolstream.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.cli.CommandFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class HeardOutputTest {
    @Test
    void write_thatIsTaken_arrives() throws IOException {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        Results results = new Results(
                new HeardOutput(new PrintStream(taken, false, StandardCharsets.UTF_8)), "standard output", () -> {});

        results.write("{}\n".getBytes(StandardCharsets.UTF_8));
        results.flush();

        assertThat(taken.toString(StandardCharsets.UTF_8)).isEqualTo("{}\n");
    }

    @Test
    void flush_whereTheReaderHasGone_endsTheRun() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        Results results = new Results(
                new HeardOutput(new PrintStream(closed, false, StandardCharsets.UTF_8)), "standard output", () -> {});
        results.write("{}\n".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(results::flush)
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("standard output cannot be written: whoever read it has gone");
    }
}
