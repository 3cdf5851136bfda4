package io.toolstream.mcp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HeaderTextTest {
    @Test
    void value_thatHttpCanCarry_staysAsItIs() {
        assertThat(HeaderText.of("stock.lookup")).isEqualTo("stock.lookup");
        assertThat(HeaderText.of("two words")).isEqualTo("two words");
        assertThat(HeaderText.of("")).isEmpty();
    }

    @Test
    void value_thatHttpCannotCarry_isEncoded() {
        assertThat(HeaderText.of("é")).isEqualTo("=?base64?w6k=?=");
        assertThat(HeaderText.of(" x")).isEqualTo("=?base64?IHg=?=");
        assertThat(HeaderText.of("a\r\nX: y")).startsWith("=?base64?").doesNotContain("\r", "\n");
        assertThat(HeaderText.of("a\tb")).startsWith("=?base64?");
        assertThat(HeaderText.of("=?base64?w6k=?=")).isEqualTo("=?base64?PT9iYXNlNjQ/dzZrPT89?=");
    }
}
