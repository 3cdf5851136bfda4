package io.toolstream.cli.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.cli.call.CallWords.Assignment;
import io.toolstream.cli.json.JsonProblem;
import io.toolstream.cli.json.JsonReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArgumentTypesTest {
    private static final String SCHEMA = """
            {"type": "object", "properties": {
              "text": {"type": "string"},
              "count": {"type": "integer"},
              "ratio": {"type": "number"},
              "flag": {"type": "boolean"},
              "list": {"type": "array"},
              "object": {"type": "object"},
              "maybe": {"type": ["string", "null"]},
              "either": {"anyOf": [{"type": "number"}, {"type": "string"}]},
              "anything": {}
            }}""";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "text,     5,        `\"5\"`",
                "text,     true,     `\"true\"`",
                "count,    5,        5",
                "ratio,    1.50,     1.50",
                "flag,     true,     true",
                "list,     `[1, 2]`, `[1, 2]`",
                "object,   {},       {}",
                "maybe,    null,     null",
                "maybe,    x,        `\"x\"`",
                "either,   7,        7",
                "either,   seven,    `\"seven\"`",
                "anything, 5,        `\"5\"`",
                "unlisted, 5,        `\"5\"`",
            })
    void value_followsTheSchema(String key, String word, String json) throws JsonProblem {
        ArgumentTypes types = new ArgumentTypes(JsonReader.read(SCHEMA));

        assertThat(types.value(new Assignment(key, word, false)).text()).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource({"count, abc, expects integer", "flag, yes, expects boolean", "list, a, 'expects array, written as JSON'"
    })
    void value_ofAnotherType_isRefusedHere(String key, String word, String message) throws JsonProblem {
        ArgumentTypes types = new ArgumentTypes(JsonReader.read(SCHEMA));

        assertThatThrownBy(() -> types.value(new Assignment(key, word, false))).hasMessageContaining(message);
    }

    @Test
    void value_writtenAsJson_isJsonWhateverTheSchema() {
        assertThat(ArgumentTypes.unknown()
                        .value(new Assignment("a", "[1]", true))
                        .text())
                .isEqualTo("[1]");
        assertThatThrownBy(() -> ArgumentTypes.unknown().value(new Assignment("a", "[1", true)))
                .hasMessageContaining("a:= is not followed by JSON, line 1, column");
    }
}
