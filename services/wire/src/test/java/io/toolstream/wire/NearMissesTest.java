package io.toolstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearMissesTest {
    private static final NearMisses NEAR_MISSES =
            new NearMisses(List.of("idempotencyKey", "deadline", "tenant", "cache", "toolCallId"));

    @ParameterizedTest
    @CsvSource({
        "idempotency_key, idempotencyKey",
        "IDEMPOTENCY-KEY, idempotencyKey",
        "idempotency.key, idempotencyKey",
        "idempotencyKe, idempotencyKey",
        "dempotencyKey, idempotencyKey",
        "idempotencyKeyy, idempotencyKey",
        "idempotencyKez, idempotencyKey",
        "idmepotencyKey, idempotencyKey",
        "deadlines, deadline",
        "tenantt, tenant",
        "Cache, cache",
        "toolcallid, toolCallId",
    })
    void nearest_sameLettersOrOneEditFromAProtection_isFound(String unknown, String meant) {
        assertThat(NEAR_MISSES.nearest(unknown)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "_", "key", "caches", "cach", "toolCallIds", "tenancy", "dedline2", "orderingkey", "path"})
    void nearest_otherNames_areNone(String unknown) {
        assertThat(NEAR_MISSES.nearest(unknown)).isNull();
    }
}
