package io.toolstream.mcp.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.transport.HttpFields;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ToolHeadersReaderTest {
    private static ToolHeaders read(String schema) {
        return new ToolHeadersReader(64, HttpFields::isName).read(JsonSlice.ofText(schema));
    }

    private static String properties(String properties) {
        return "{\"type\":\"object\",\"properties\":{" + properties + "}}";
    }

    @Test
    void marks_onReachableScalars_areFound() {
        ToolHeaders found = read(properties("\"a\":{\"x-mcp-header\":\"A\",\"type\":\"string\"},"
                + "\"o\":{\"type\":\"object\",\"properties\":{\"b\":{\"type\":\"integer\",\"x-mcp-header\":\"B-1\"}}},"
                + "\"c\":{\"type\":\"boolean\",\"x-mcp-header\":\"c\",\"default\":{\"x-mcp-header\":5}},"
                + "\"x-mcp-header\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},\"d\":{\"type\":\"number\"}"));

        assertThat(found.problem()).isNull();
        assertThat(found.headers())
                .containsExactly(
                        new ToolHeader("A", List.of("a")),
                        new ToolHeader("B-1", List.of("o", "b")),
                        new ToolHeader("c", List.of("c")));
    }

    @Test
    void schema_withoutMarks_hasNone() {
        assertThat(read(properties("\"a\":{\"type\":\"number\"}"))).isEqualTo(ToolHeaders.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a\":{\"type\":\"string\",\"x-mcp-header\":\"\"}",
                "\"a\":{\"type\":\"string\",\"x-mcp-header\":5}",
                "\"a\":{\"type\":\"string\",\"x-mcp-header\":\"a b\"}",
                "\"a\":{\"type\":\"string\",\"x-mcp-header\":\"a:\"}",
                "\"a\":{\"type\":\"string\",\"x-mcp-header\":\"é\"}",
                "\"a\":{\"type\":\"string\",\"x-mcp-header\":\"a\\r\\nX: y\"}",
                "\"a\":{\"type\":\"number\",\"x-mcp-header\":\"A\"}",
                "\"a\":{\"type\":\"object\",\"x-mcp-header\":\"A\"}",
                "\"a\":{\"type\":\"array\",\"x-mcp-header\":\"A\"}",
                "\"a\":{\"type\":[\"string\",\"null\"],\"x-mcp-header\":\"A\"}",
                "\"a\":{\"x-mcp-header\":\"A\"}",
                "\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"},\"b\":{\"type\":\"string\",\"x-mcp-header\":\"a\"}",
                "\"a\":{\"items\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}",
                "\"a\":{\"anyOf\":[{\"type\":\"string\",\"x-mcp-header\":\"A\"}]}",
                "\"a\":{\"items\":{\"properties\":{\"b\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}"
            })
    void marks_thatBreakTheRules_areAProblem(String properties) {
        assertThat(read(properties(properties)).problem()).isNotNull().doesNotContain("\r");
    }

    @Test
    void marks_outsideOfProperties_areAProblem() {
        assertThat(read("{\"type\":\"string\",\"x-mcp-header\":\"A\"}").problem())
                .isNotNull();
        assertThat(read("{\"type\":\"object\",\"$defs\":{\"d\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}")
                        .problem())
                .isNotNull();
        assertThat(read("{\"if\":{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}")
                        .problem())
                .isNotNull();
    }

    @Test
    void values_areTakenOutAsText() {
        ToolHeader text = new ToolHeader("T", List.of("t"));
        ToolHeader number = new ToolHeader("N", List.of("o", "n"));
        ToolHeader truth = new ToolHeader("B", List.of("b"));
        List<ToolHeader> wanted = List.of(text, number, truth);
        ArgumentValues values = new ArgumentValues(64);

        assertThat(values.read(
                        JsonSlice.ofText("{\"n\":1,\"t\":\"a \\\"b\\\" é\",\"o\":{\"x\":[{}],\"n\":5.0},\"b\":false}"),
                        wanted))
                .isEqualTo(Map.of(text, "a \"b\" é", number, "5", truth, "false"));
        assertThat(values.read(JsonSlice.ofText("{\"t\":null,\"o\":[],\"b\":{\"b\":1}}"), wanted))
                .isEmpty();
        assertThat(values.read(JsonSlice.ofText("{\"o\":{\"n\":-9007199254740991},\"t\":\"\"}"), wanted))
                .isEqualTo(Map.of(text, "", number, "-9007199254740991"));
        assertThat(values.read(JsonSlice.ofText("{\"o\":{\"n\":1.5},\"t\":1e400000000}"), wanted))
                .isEmpty();
        assertThat(values.read(JsonSlice.ofText("[]"), wanted)).isEmpty();
    }
}
