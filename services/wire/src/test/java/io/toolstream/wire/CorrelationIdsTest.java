package io.toolstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationIdsTest {
    @ParameterizedTest
    @ValueSource(strings = {"6c84fb90", "é😀\n", "base64:not base64 !"})
    void text_ofUtf8_isTheTextItself(String id) {
        byte[] bytes = CallRecords.utf8(id);

        assertThat(CorrelationIds.text(bytes)).isEqualTo(id);
        assertThat(CorrelationIds.bytes(id)).isEqualTo(bytes);
    }

    @Test
    void text_ofOtherBytes_isBase64() {
        byte[] bytes = {(byte) 0xFF, 0, 1};

        assertThat(CorrelationIds.text(bytes)).isEqualTo("base64:/wAB");
        assertThat(CorrelationIds.bytes("base64:/wAB")).isEqualTo(bytes);
    }
}
