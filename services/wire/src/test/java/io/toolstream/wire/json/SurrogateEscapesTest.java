package io.toolstream.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurrogateEscapesTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"\\ud83d\\ude00\", -1",
                "\"\\uD83D\\uDE00\\ud83d\\ude00\", -1",
                "\"\\u00e9\\\\ud800\", -1",
                "\"\\\\\\ud800\", 3",
                "\"\\ud800\", 1",
                "\"\\ud800x\\udc00\", 1",
                "\"\\ud83d\\ud83d\\ude00\", 1",
                "\"\\ud83d\\ude00\\udc00\", 13",
                "\"\\udc00\\ud800\", 1",
                "\"\\ud83d\\u0041\", 1",
                "\"\\ud83d\\n\", 1",
                "\"\\ud80, -1",
                "\"\\ud8zz\", -1",
                "\\, -1",
            })
    void firstLone_findsTheFirstEscapeWithoutItsOtherHalf(String json, int position) {
        byte[] bytes = ("##" + json).getBytes(StandardCharsets.UTF_8);

        assertThat(SurrogateEscapes.firstLone(new JsonSpan(bytes, 2, bytes.length - 2)))
                .isEqualTo(position);
    }
}
