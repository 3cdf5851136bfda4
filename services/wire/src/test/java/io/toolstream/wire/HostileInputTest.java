package io.toolstream.wire;

import static io.toolstream.wire.CallRecords.malformed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records made to cost memory or time: neither grows with what was sent before, nor faster than the record. */
class HostileInputTest {
    /** Reached where the effort is the square of the size; a generous multiple of what is needed otherwise. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void decode_longNames_areNotRemembered() {
        int names = 80;
        for (int i = 0; i < names; i++) {
            assertThat(malformed("{\"" + i + "x".repeat(1_000_000) + "\":1}")
                            .refusal()
                            .code())
                    .isEqualTo(ErrorCode.TOO_LARGE);
        }

        System.gc();
        Runtime runtime = Runtime.getRuntime();
        assertThat(runtime.totalMemory() - runtime.freeMemory()).isLessThan(names * 1_000_000L);
    }

    static IntStream sizes() {
        return IntStream.range(0, 5);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void decode_manyOfOneKind_takesBoundedTime(int kind) {
        String value = record(kind);

        assertTimeoutPreemptively(
                LIMIT, () -> assertThat(malformed(value).refusal().message()).hasSizeLessThan(400));
    }

    private static String record(int kind) {
        return switch (kind) {
            case 0 -> "{" + fields(90_000) + "}";
            case 1 -> "{\"arguments\":{\"a\":{" + fields(40_000) + "},\"b\":[" + "{\"a\":1},".repeat(40_000) + "{}]}}";
            case 2 ->
                "{\"arguments\":" + ("{\"" + "n".repeat(1_000) + "\":").repeat(60) + "{" + "\"a\":1,".repeat(120_000)
                        + "\"a\":1}" + "}".repeat(60) + "}";
            case 3 -> "{\"tool\":\"t\"," + "\"Tenant\":1,".repeat(80_000) + "\"x\":1}";
            default -> "{\"calls\":[" + "{\"Tenant\":1,\"a\":[[[[]]]]},".repeat(999) + "{}]}";
        };
    }

    private static String fields(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(","));
    }
}
