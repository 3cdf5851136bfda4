package io.toolstream.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.cli.OutputOption.Format;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonItemsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Console console = new Console(
            new PrintStream(out, true, UTF_8), System.err, InputStream.nullInputStream(), Map.of(), false, false);

    @Test
    void json_isOneArray() {
        JsonItems items = new JsonItems(console, Format.JSON);

        items.print(Map.of("a", 1));
        items.print(Map.of("b", "x"));
        items.end();

        assertThat(out.toString(UTF_8))
                .isEqualToNormalizingNewlines("[\n  {\n    \"a\": 1\n  },\n  {\n    \"b\": \"x\"\n  }\n]\n");
    }

    @Test
    void json_withoutItems_isAnEmptyArray() {
        new JsonItems(console, Format.JSON).end();

        assertThat(out.toString(UTF_8)).isEqualToNormalizingNewlines("[]\n");
    }

    @Test
    void jsonl_isALineEach() {
        JsonItems items = new JsonItems(console, Format.JSONL);

        items.print(Map.of("a", 1));
        items.print(Map.of("b", 2));
        items.end();

        assertThat(out.toString(UTF_8)).isEqualToNormalizingNewlines("{\"a\":1}\n{\"b\":2}\n");
    }
}
