package io.toolstream.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SafeTextTest {
    @Test
    void of_terminalSequences_becomesVisible() {
        assertThat(SafeText.of("\u001b]0;title\u0007\u001b[2Jgone\r\u009b1m\u202eabc"))
                .isEqualTo("\\e]0;title\\x07\\e[2Jgone\\x0d\\x9b1m\\u202eabc");
    }

    @Test
    void of_ordinaryText_staysAsItIs() {
        String text = "two\n\tlines, ünïcode, 👩‍💻 and \\e";

        assertThat(SafeText.of(text)).isEqualTo(text);
    }

    @Test
    void line_isOneLine() {
        assertThat(SafeText.line("  a\n b\t c ")).isEqualTo("a b c");
    }
}
