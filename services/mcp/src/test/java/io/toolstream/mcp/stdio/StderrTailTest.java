package io.toolstream.mcp.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StderrTailTest {
    private final StderrTail tail = new StderrTail(List.of("hunter2", "no"));

    private void write(String text) {
        tail.drain(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void text_isOneLineWithoutConfiguredValues() {
        write("no such\n\ttoken hunter2\u001b[0m\r\n");

        assertThat(tail.text()).isEqualTo("no such token *** [0m");
    }

    @Test
    void text_isTheEndAndBounded() {
        write("x".repeat(100_000) + " hunter2");
        write(" the end");

        assertThat(tail.text()).endsWith("*** the end").hasSizeLessThanOrEqualTo(4096);
    }

    @Test
    void text_thatWasCutInASecret_doesNotShowItsRest() {
        write("hunter2 " + "y".repeat(4096 - 4));

        assertThat(tail.text()).doesNotContain("ter2");
    }
}
