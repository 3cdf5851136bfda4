package io.toolstream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EpochCodecTest {
    private static final EpochMark MARK = new EpochMark("files", "read \"ü\"", "files/write");

    private final EpochCodec codec = new EpochCodec();

    @Test
    void mark_isReadBack_underTheKeyOfItsTool() {
        OutboundRecord record = codec.encode(MARK);

        assertThat(record.key()).isEqualTo("[\"files\",\"read \\\"ü\\\"\"]".getBytes(UTF_8));
        assertThat(codec.decode(record(record.value()))).isEqualTo(new Decoded.WellFormed<>(MARK));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"type\":\"epoch\",\"server\":\"files\"}",
                "{\"type\":\"other\",\"server\":\"files\",\"tool\":\"read\",\"by\":\"x\"}",
                "{\"type\":\"epoch\",\"server\":1,\"tool\":\"read\",\"by\":\"x\"}"
            })
    void malformed_isAValue(@Nullable String value) {
        assertThat(codec.decode(record(value == null ? null : value.getBytes(UTF_8))))
                .isInstanceOf(Decoded.Malformed.class);
    }

    private static InboundRecord record(byte @Nullable [] value) {
        return new InboundRecord(new RecordPosition("epochs", 0, 7), 0, new byte[0], value, Headers.NONE);
    }
}
