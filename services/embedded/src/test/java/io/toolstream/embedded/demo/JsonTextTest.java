package io.toolstream.embedded.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"a\":[1,-2.50,\"x\",true,false,null,{\"b\":{}}]}", "\"\\\"\\\\\"", "0.1"})
    void write_whatWasRead_isTheSame(String text) {
        assertThat(JsonText.write(JsonText.read(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[1,]", "{\"a\"}", "tru", "1.", "01", "\"\n\"", "\"\\x\"", "[1] 2", "\"\\u12\"", "NaN"})
    void read_malformed_refuses(String text) {
        assertThatThrownBy(() -> JsonText.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("character");
    }

    @Test
    void read_deep_refusesBeforeTheStackEnds() {
        assertThatThrownBy(() -> JsonText.read("[".repeat(100_000))).hasMessageContaining("deep");
    }

    @Test
    void write_anyText_isReadBackAsItWas() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int run = 0; run < 1_000; run++) {
            String text = random.ints(20, 0, 0x300)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();

            assertThat(JsonText.read(JsonText.write(text))).as("seed %d", seed).isEqualTo(text);
        }
    }
}
