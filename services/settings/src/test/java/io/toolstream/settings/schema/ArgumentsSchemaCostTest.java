package io.toolstream.settings.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What checking costs, parsing included: in bytes allocated, which no busy machine changes, and by how it grows. The bounds are
 * loose: they catch a change of kind.
 */
final class ArgumentsSchemaCostTest {
    /** Not a plain one, for its {@code minLength}. */
    private static final String SCHEMA = """
            {
              "type": "object",
              "properties": {
                "path": { "type": "string", "minLength": 1 },
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

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ArgumentsSchema schema = schema(SCHEMA);

    private static ArgumentsSchema schema(String json) {
        return ArgumentsSchema.compile(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void validate_smallCall_allocatesLittle() {
        String small = "{\"path\": \"/data/x.txt\", \"head\": 10, \"mode\": \"text\"}";

        assertThat(bytesOf("small", schema, small)).isLessThan(10_000);
        assertThat(bytesOf("small, plain schema", schema(SCHEMA.replace(", \"minLength\": 1", "")), small))
                .isLessThan(1_500);
    }

    /** A string is parsed, and not taken apart: a few copies of it at most. */
    @Test
    void validate_longString_allocatesNoMoreThanParsingIt() {
        int chars = 100_000;

        assertThat(bytesOf("100 KB string", schema, "{\"path\": \"" + "x".repeat(chars) + "\"}"))
                .isLessThan(5L * chars);
    }

    /** Ten times as many cost ten times as much, and not a hundred times. */
    @Test
    void validate_moreObjects_costsInProportion() {
        String few = items(500);
        String many = items(5_000);

        assertThat(bytesOf("5,000 objects", schema, many)).isLessThan(15 * bytesOf("500 objects", schema, few));
        long bestOfFew = Long.MAX_VALUE;
        long bestOfMany = Long.MAX_VALUE;
        for (int round = 0; round < 12; round++) { // by turns: what is compiled by then is so for both
            bestOfFew = Math.min(bestOfFew, cpuNanosOf(few, 40));
            bestOfMany = Math.min(bestOfMany, cpuNanosOf(many, 4));
        }
        System.out.printf("500 objects: %d ns of a processor, 5,000: %d ns%n", bestOfFew, bestOfMany);
        assertThat(bestOfMany).isLessThan(30 * bestOfFew);
    }

    private static String items(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"name\": \"item " + i + "\"}")
                .collect(Collectors.joining(",", "{\"path\": \"x\", \"items\": [", "]}"));
    }

    /** Of one check; the least of several, since the first ones also load classes and compile. */
    private static long bytesOf(String name, ArgumentsSchema schema, String arguments) {
        byte[] bytes = arguments.getBytes(StandardCharsets.UTF_8);
        long least = LongStream.generate(() -> {
                    long before = THREADS.getCurrentThreadAllocatedBytes();
                    assertThat(schema.validate(bytes).size()).isZero();
                    return THREADS.getCurrentThreadAllocatedBytes() - before;
                })
                .limit(20)
                .min()
                .orElseThrow();
        System.out.printf("%s, %d bytes: %d bytes allocated%n", name, bytes.length, least);
        return least;
    }

    /** Processor time of one check, of so many. */
    private long cpuNanosOf(String arguments, int times) {
        byte[] bytes = arguments.getBytes(StandardCharsets.UTF_8);
        long before = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            schema.validate(bytes);
        }
        return (THREADS.getCurrentThreadCpuTime() - before) / times;
    }
}
