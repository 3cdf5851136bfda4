package io.toolstream.cli.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonReaderTest {
    @Test
    void read_keepsNumbersAsWritten() throws JsonProblem {
        JsonTree tree = JsonReader.read("{\"a\":{\"b\":[1.10,true,null,\"x\"]}}");

        assertThat(tree.itemsAt("a", "b").stream().map(JsonTree::text)).containsExactly("1.10", "true", "null", "x");
        assertThat(tree.at("a", "missing", "deeper")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1,}", "{\"a\":1} 2", "{\"a\":1,\"a\":2}", "{'a':1}", "{\"a\":"})
    void read_whatIsNotJson_saysWhere(String text) {
        assertThatThrownBy(() -> JsonReader.read(text))
                .isInstanceOf(JsonProblem.class)
                .hasMessageStartingWith("line 1, column ");
    }

    @Test
    void read_nothing_saysSo() {
        assertThatThrownBy(() -> JsonReader.read(" ")).hasMessageContaining("empty");
    }
}
