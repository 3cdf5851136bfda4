package io.toolstream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BreakerCodecTest {
    private static final BreakerEntry OPEN =
            new BreakerEntry("fs", "fs#2", "worker-ü", new BreakerEntry.Opened(1_800_000_000_000L, "3 failures"));

    private final BreakerCodec codec = new BreakerCodec();

    @Test
    void openBreaker_isReadBack() {
        OutboundRecord record = codec.encode(OPEN);

        assertThat(record.key()).asString(UTF_8).isEqualTo("[\"fs\",\"fs#2\",\"worker-ü\"]");
        assertThat(codec.decode(record(record.key(), record.value()))).isEqualTo(new Decoded.WellFormed<>(OPEN));
    }

    @Test
    void breakerThatIsNotOpen_isATombstone() {
        BreakerEntry closed = new BreakerEntry("fs", "fs", "w", null);
        OutboundRecord record = codec.encode(closed);

        assertThat(record.value()).isNull();
        assertThat(codec.decode(record(record.key(), null))).isEqualTo(new Decoded.WellFormed<>(closed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"fs\",\"fs\"] | {\"state\":\"open\",\"since\":1,\"cause\":\"c\"}",
                "[\"fs\",\"fs\",\"w\",\"x\"] | {\"state\":\"open\",\"since\":1,\"cause\":\"c\"}",
                "[\"fs\",\"fs\",1] | {\"state\":\"open\",\"since\":1,\"cause\":\"c\"}",
                "nothing | {\"state\":\"open\",\"since\":1,\"cause\":\"c\"}",
                "[\"fs\",\"fs\",\"w\"] | {\"state\":\"other\",\"since\":1,\"cause\":\"c\"}",
                "[\"fs\",\"fs\",\"w\"] | {\"state\":\"open\"}",
                "[\"fs\",\"fs\",\"w\"] | []"
            })
    void malformed_isAValue(String key, String value) {
        assertThat(codec.decode(record(key.getBytes(UTF_8), value.getBytes(UTF_8))))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void withoutAKey_isMalformed() {
        assertThat(codec.decode(record(null, null))).isInstanceOf(Decoded.Malformed.class);
    }

    private static InboundRecord record(byte @Nullable [] key, byte @Nullable [] value) {
        return new InboundRecord(new RecordPosition("toolstream.breakers", 0, 7), 0, key, value, Headers.NONE);
    }
}
