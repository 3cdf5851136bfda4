package io.toolstream.cli.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JsonLayoutTest {
    private static final String ODD = "{ \"a\" : [ ] ,\n \"b\":[1.0e+5,{ }, \"x\\\"y: {,}\\\\\"],\"c\":{\"d\":null}}";

    @Test
    void line_dropsWhiteSpaceBetweenTokensOnly() {
        assertThat(JsonLayout.line(ODD))
                .isEqualTo("{\"a\":[],\"b\":[1.0e+5,{},\"x\\\"y: {,}\\\\\"],\"c\":{\"d\":null}}");
    }

    @Test
    void indented_putsEachMemberOnItsLine() {
        assertThat(JsonLayout.indented(ODD)).isEqualTo("""
                        {
                          "a": [],
                          "b": [
                            1.0e+5,
                            {},
                            "x\\"y: {,}\\\\"
                          ],
                          "c": {
                            "d": null
                          }
                        }""");
    }

    @Test
    void line_ofIndented_isTheSame() {
        assertThat(JsonLayout.line(JsonLayout.indented(ODD))).isEqualTo(JsonLayout.line(ODD));
    }
}
