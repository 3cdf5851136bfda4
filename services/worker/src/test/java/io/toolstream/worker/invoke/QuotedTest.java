package io.toolstream.worker.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuotedTest {
    @ParameterizedTest
    @CsvSource({
        "read_file, '\"read_file\"'",
        "'two words', '\"two words\"'",
        "größe, '\"größe\"'",
        "'a\"b', '\"a\\u0022b\"'",
    })
    void of_keepsWhatIsPlain(String text, String quoted) {
        assertThat(Quoted.of(text)).isEqualTo(quoted);
    }

    @Test
    void of_controlCharactersAndOverrides_escapesThem() {
        assertThat(Quoted.of("a\r\nERROR \u202Egnp.exe\u0000"))
                .isEqualTo("\"a\\u000d\\u000aERROR \\u202egnp.exe\\u0000\"");
    }

    @Test
    void of_longText_cutsIt() {
        assertThat(Quoted.of("x".repeat(1_000_000))).hasSize(83).endsWith("…\"");
    }
}
