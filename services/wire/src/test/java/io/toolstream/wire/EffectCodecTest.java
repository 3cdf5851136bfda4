package io.toolstream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.EffectEntry.Alive;
import io.toolstream.wire.EffectEntry.Claimed;
import io.toolstream.wire.EffectEntry.Concluded;
import io.toolstream.wire.EffectEntry.Floor;
import io.toolstream.wire.EffectEntry.Released;
import io.toolstream.wire.EffectEntry.Source;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EffectCodecTest {
    private static final String KEY = "[null,\"key\",\"ü\"]";
    private static final Source SOURCE = new Source(42, 1_800_000_000_000L, true);

    private final EffectCodec codec = new EffectCodec();

    static Stream<EffectEntry> entries() {
        CallError error = new CallError("server-error", "as told", false, null, MayHaveRun.MAYBE, null);
        return Stream.of(
                new Claimed(KEY, "w-1", "ab12", SOURCE, null),
                new Claimed(KEY, "w-1", "ab12", new Source(0, 0, false), new Floor(40, 1_800_000_000_001L)),
                new Concluded(KEY, "w-1", Status.OK, RawJson.ofText("{ \"a\" : 1.0 }"), null),
                new Concluded(KEY, "w-1", Status.OK, null, null),
                new Concluded(KEY, "w-1", Status.FAILED, null, error),
                new Released(KEY, "w-1"),
                new Alive(KEY, "w-1"));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void entry_isReadBack(EffectEntry entry) {
        OutboundRecord record = codec.encode(entry);

        assertThat(codec.decode(record(record.key(), record.value()))).isEqualTo(new Decoded.WellFormed<>(entry));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"type\":\"alive\"}",
                "{\"type\":\"other\",\"claim\":\"c\"}",
                "{\"type\":\"claimed\",\"claim\":\"c\"}",
                "{\"type\":\"concluded\",\"claim\":\"c\"}"
            })
    void malformed_isAValue(String value) {
        assertThat(codec.decode(record(new byte[] {'k'}, value.getBytes(UTF_8))))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void withoutAKey_isMalformed() {
        byte[] value = codec.encode(new Alive(KEY, "w-1")).value();

        assertThat(codec.decode(record(null, value))).isInstanceOf(Decoded.Malformed.class);
    }

    private static InboundRecord record(byte @Nullable [] key, byte @Nullable [] value) {
        return new InboundRecord(new RecordPosition("toolstream.effects", 0, 7), 0, key, value, Headers.NONE);
    }
}
