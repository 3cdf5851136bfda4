package io.toolstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The published test vectors: computed by others (Kafka's own client, Python), so that other languages can rely on them. */
class VectorsTest {
    static Stream<JsonNode> murmur2() {
        return Schemas.vectors("murmur2.json");
    }

    static Stream<JsonNode> canonicalJson() {
        return Schemas.vectors("canonical-json.json");
    }

    static Stream<JsonNode> callKeys() {
        return Schemas.vectors("call-key.json");
    }

    @ParameterizedTest
    @MethodSource("murmur2")
    void partition_isThatOfKafkasProducer(JsonNode vector) {
        byte[] key = HexFormat.of().parseHex(vector.get("keyHex").stringValue());

        assertThat(Murmur2.hash(key)).isEqualTo(vector.get("murmur2").intValue());
        assertThat(Murmur2.partition(key, 24))
                .isEqualTo(vector.get("partitionOf24").intValue());
        assertThat(Murmur2.partition(key, 7))
                .isEqualTo(vector.get("partitionOf7").intValue());
    }

    @ParameterizedTest
    @MethodSource("canonicalJson")
    void canonicalJson_isAsPublished(JsonNode vector) {
        RawJson json = RawJson.ofText(vector.get("json").stringValue());

        assertThat(CanonicalJson.of(json).text())
                .isEqualTo(vector.get("canonical").stringValue());
    }

    @ParameterizedTest
    @MethodSource("callKeys")
    void callKey_isAsPublished(JsonNode vector) {
        JsonNode tenant = vector.get("tenant");
        CallKey key = CallKey.of(
                tenant.isNull() ? null : tenant.stringValue(),
                vector.get("server").stringValue(),
                vector.get("tool").stringValue(),
                RawJson.ofText(vector.get("arguments").stringValue()));

        assertThat(key.hex()).isEqualTo(vector.get("sha256").stringValue());
    }

    @Test
    void callKey_ofPartOfAnArray_isThatOfThePart() {
        byte[] bytes = CallRecords.utf8("xx{\"a\":1}yy");

        assertThat(CallKey.of(null, "s", "t", RawJson.of(bytes, 2, 7)))
                .isEqualTo(CallKey.of(null, "s", "t", RawJson.ofText("{ \"a\" : 1 }")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}", "{\"a\"}", "nope"})
    void canonicalJson_ofNoJson_isABugOfTheCaller(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.of(RawJson.ofText(text)));
    }
}
