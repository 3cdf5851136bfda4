package io.toolstream.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedTest {
    @Test
    void of_whatCouldFakeALine_isEscaped() {
        assertThat(Quoted.of("a\r\n\u001b[31m\u202e\ud800é😀"))
                .isEqualTo("\"a\\u000d\\u000a\\u001b[31m\\u202e\\ud800é😀\"");
    }

    @Test
    void of_longText_isCut() {
        assertThat(Quoted.of("x".repeat(1_000))).isEqualTo("\"" + "x".repeat(80) + "…\"");
    }
}
