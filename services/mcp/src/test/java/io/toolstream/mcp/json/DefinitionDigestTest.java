package io.toolstream.mcp.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.JsonSlice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DefinitionDigestTest {
    private static final String TOOL =
            "{\"name\":\"t\",\"description\":\"Ä\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"enum\":[1,2]}}}}";

    private static String digest(String json) {
        return DefinitionDigest.of(JsonSlice.ofText(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"inputSchema\" : {\"properties\":{\"a\":{\"enum\":[1, 2]}},\"type\":\"object\"},\n\"description\":\"Ä\",\"name\":\"t\"}",
                "{\"name\":\"\\u0074\",\"description\":\"\\u00c4\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"enum\":[1,2]}}}}",
                "{\"_meta\":{\"x\":1},\"name\":\"t\",\"description\":\"Ä\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"enum\":[1,2]}}}}"
            })
    void sameMeaning_hasTheSameDigest(String other) {
        assertThat(digest(other)).isEqualTo(digest(TOOL)).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"t\",\"description\":\"A\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"enum\":[1,2]}}}}",
                "{\"name\":\"t\",\"description\":\"Ä\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"enum\":[2,1]}}}}",
                "{\"name\":\"t\",\"description\":\"Ä\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"enum\":[1,\"2\"]}}}}",
                "{\"name\":\"t\",\"description\":\"Ä\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"_meta\":{},\"enum\":[1,2]}}}}",
                "no JSON at all"
            })
    void otherMeaning_hasAnotherDigest(String other) {
        assertThat(digest(other)).isNotEqualTo(digest(TOOL));
    }

    @Test
    void structure_cannotBeFakedByTexts() {
        assertThat(digest("{\"a\":\"1,\\\"b\\\":2\"}")).isNotEqualTo(digest("{\"a\":\"1\",\"b\":2}"));
        assertThat(digest("{\"a\":[[],[]]}")).isNotEqualTo(digest("{\"a\":[[[]]]}"));
    }
}
