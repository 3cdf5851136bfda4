package io.toolstream.testkit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void parse_object_keepsEveryTextAsItCame() {
        Json json = Json.parse(" {\"a\" : 1.50e+2, \"b\":{ \"c\":\"\\u00e9\\n\"},\"d\":[ true ,null]} ");

        assertThat(json.member("a").orElseThrow().raw()).isEqualTo("1.50e+2");
        assertThat(json.member("b").orElseThrow().raw()).isEqualTo("{ \"c\":\"\\u00e9\\n\"}");
        assertThat(json.member("b").orElseThrow().text("c")).contains("é\n");
        assertThat(json.member("d").orElseThrow().raw()).isEqualTo("[ true ,null]");
        assertThat(json.raw()).startsWith("{\"a\"").endsWith("]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}",
                "01",
                "1.",
                "+1",
                "nul",
                "\"\\x\"",
                "\"\t\"",
                "\"abc",
                "{a:1}",
                "[1] 2",
                "'a'",
                "\"\\u12g4\""
            })
    void parse_malformed_refuses(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("character");
    }

    @Test
    void parse_deepNesting_refusesBeforeTheStackEnds() {
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("deep");
    }

    @Test
    void quote_anyText_isReadBackAsItWas() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int run = 0; run < 1_000; run++) {
            String text = random.ints(20, 0, 0x300)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();

            assertThat(Json.parse("{\"t\":" + Json.quote(text) + "}").text("t"))
                    .as("seed %d", seed)
                    .contains(text);
        }
    }
}
