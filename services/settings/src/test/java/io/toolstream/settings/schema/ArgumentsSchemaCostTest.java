package io.toolstream.settings.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What checking costs once it is warm, parsing included. The bounds are loose: they catch a change of kind, not noise. */
final class ArgumentsSchemaCostTest {
    private static final String SCHEMA = """
            {
              "type": "object",
              "properties": {
                "path": { "type": "string" },
                "head": { "type": "integer" },
                "mode": { "enum": ["text", "binary"] },
                "items": {
                  "type": "array",
                  "items": { "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"] }
                }
              },
              "required": ["path"],
              "additionalProperties": false
            }
            """;

    private final ArgumentsSchema schema = ArgumentsSchema.compile(SCHEMA.getBytes(StandardCharsets.UTF_8));

    @Test
    void validate_smallCall_takesMicroseconds() {
        assertThat(bestMicros("small", "{\"path\": \"/data/x.txt\", \"head\": 10, \"mode\": \"text\"}", 10_000))
                .isLessThan(20);
    }

    @Test
    void validate_longString_isBoundByParsing() {
        assertThat(bestMicros("100 KB string", "{\"path\": \"" + "x".repeat(100_000) + "\"}", 50))
                .isLessThan(5_000);
    }

    @Test
    void validate_manyObjects_takesMilliseconds() {
        String items = IntStream.range(0, 5_000)
                .mapToObj(i -> "{\"name\": \"item " + i + "\"}")
                .collect(Collectors.joining(","));

        assertThat(bestMicros("100 KB of objects", "{\"path\": \"x\", \"items\": [" + items + "]}", 10))
                .isLessThan(50_000);
    }

    private double bestMicros(String name, String arguments, int times) {
        byte[] bytes = arguments.getBytes(StandardCharsets.UTF_8);
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 4; round++) {
            long start = System.nanoTime();
            int violations = 0;
            for (int i = 0; i < times; i++) {
                violations += schema.validate(bytes).size();
            }
            assertThat(violations).isZero();
            best = Math.min(best, (System.nanoTime() - start) / 1e3 / times);
        }
        System.out.printf("%s, %d bytes: %.1f µs%n", name, bytes.length, best);
        return best;
    }
}
