package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.wire.RawJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTextTest {
    @Test
    void of_plainValues_writesThemInOrder() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "a \"b\" \\ \n é 😀");
        value.put("numbers", List.of(1, 2L, 0.5, new BigDecimal("1.10")));
        value.put("none", null);
        value.put("flag", true);
        value.put("raw", RawJson.ofText("{\"n\":1.0e0}"));
        value.put("empty", List.of(Map.of(), List.of()));

        assertThat(JsonText.of(value).text())
                .isEqualTo("{\"text\":\"a \\\"b\\\" \\\\ \\u000a é 😀\",\"numbers\":[1,2,0.5,1.10],\"none\":null,"
                        + "\"flag\":true,\"raw\":{\"n\":1.0e0},\"empty\":[{},[]]}");
    }

    @Test
    void of_halfACharacter_isEscapedRatherThanReplaced() {
        assertThat(JsonText.of("a\uD83D").text()).isEqualTo("\"a\\ud83d\"");
        assertThat(JsonText.of("\uDE00b").text()).isEqualTo("\"\\ude00b\"");
    }

    @Test
    void of_whatJsonDoesNotHave_isRefused() {
        assertThatThrownBy(() -> JsonText.of(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> JsonText.of(new StringBuilder[0])).hasMessageContaining("StringBuilder");
    }

    @Test
    void of_aCycle_isRefusedRatherThanEndless() {
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);

        assertThatThrownBy(() -> JsonText.of(cycle)).hasMessageContaining("deeper than 64");
    }
}
