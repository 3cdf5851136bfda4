package io.toolstream.mcp.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.JsonSlice;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class JsonBufferTest {
    private static String text(String value) {
        return new String(new JsonBuffer(4).text(value).toBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void text_isEscapedWhereJsonWantsIt() {
        assertThat(text("")).isEqualTo("\"\"");
        assertThat(text("plain")).isEqualTo("\"plain\"");
        assertThat(text("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
        assertThat(text("line\nend\u0000")).isEqualTo("\"line\\u000aend\\u0000\"");
        assertThat(text("né 😀")).isEqualTo("\"né 😀\"");
        assertThat(text("lone \uD800!")).isEqualTo("\"lone ?!\"");
    }

    @Test
    void buffer_growsAsNeeded() {
        String large = "x".repeat(10_000);

        byte[] bytes = new JsonBuffer(1)
                .raw("{")
                .name("a")
                .text(large)
                .raw(",")
                .name("n")
                .number(-5)
                .raw(",\"v\":")
                .value(JsonSlice.ofText("[1]"))
                .raw("}")
                .toBytes();

        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("{\"a\":\"" + large + "\",\"n\":-5,\"v\":[1]}");
    }
}
