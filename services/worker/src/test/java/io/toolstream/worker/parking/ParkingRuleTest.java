package io.toolstream.worker.parking;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.LimitSettings;
import io.toolstream.settings.ParkingSettings;
import io.toolstream.wire.Call;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Header;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.ParkedCodec;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.invoke.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class ParkingRuleTest {
    private static final long NOW = Records.SENT_MILLIS;
    private static final String BATCH =
            "{\"server\":\"fs\",\"tool\":\"read\",\"priority\":\"batch\",\"timeoutMs\":60000}";

    private static final LimitSettings LIMITS =
            new LimitSettings(1 << 20, 1 << 20, 64, 1_000, 64, 8 << 10, Duration.ofMinutes(5), Duration.ofDays(1));

    private final ParkingRule rule = new ParkingRule(ParkingSettings.DEFAULT, LIMITS);

    @ParameterizedTest
    @CsvSource({"batch, true", "replay, true", "interactive, false"})
    void due_byPriority(String priority, boolean waits) {
        String call = "{\"server\":\"fs\",\"tool\":\"read\",\"priority\":\"" + priority + "\"}";

        assertThat(due(call, unavailable(ErrorCode.BREAKER_OPEN)).isPresent()).isEqualTo(waits);
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {
                "SERVER_UNAVAILABLE",
                "OVERLOADED",
                "BREAKER_OPEN",
                "CONNECT_FAILED",
                "CONNECTION_LOST",
                "RATE_LIMITED",
                "LEDGER_UNAVAILABLE"
            },
            mode = Mode.EXCLUDE)
    void due_failureThatDoesNotPass_doesNotWait(ErrorCode code) {
        assertThat(due(BATCH, unavailable(code))).isEmpty();
    }

    @Test
    void due_mayHaveRun_doesNotWait() {
        Failure ran = new Failure(ErrorCode.CONNECT_FAILED, "lost", MayHaveRun.MAYBE, true, 1, null);

        assertThat(due(BATCH, ran)).isEmpty();
    }

    /** Its server went away with it, or because of it. */
    @Test
    void due_connectionLostUnderWay_waitsOnceIfItMayRunTwice() {
        Failure repeatable = new Failure(ErrorCode.CONNECTION_LOST, "reset", MayHaveRun.MAYBE, true, 2, null);
        Failure once = new Failure(ErrorCode.CONNECTION_LOST, "reset", MayHaveRun.MAYBE, false, 1, null);

        assertThat(due(BATCH, repeatable)).hasValue(NOW + 1_000);
        assertThat(due(BATCH, repeatable, Records.header(HeaderNames.PARKED, "1")))
                .isEmpty();
        assertThat(due(BATCH, once)).isEmpty();
    }

    @Test
    void due_retryAfter_isKept() {
        Failure failure = unavailable(ErrorCode.RATE_LIMITED).retryAfter(Duration.ofSeconds(20));

        assertThat(due(BATCH, failure)).hasValue(NOW + 20_000);
    }

    @Test
    void due_noTimeNamed_doublesUpToALimit() {
        List<Long> waits = new ArrayList<>();
        for (int times = 0; times < 8; times++) {
            Header parked = Records.header(HeaderNames.PARKED, Integer.toString(times));
            waits.add(due(longCall(), unavailable(ErrorCode.OVERLOADED), parked).getAsLong() - NOW);
        }

        assertThat(waits).containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L);
    }

    @Test
    void due_behindTheDeadline_doesNotWait() {
        Failure failure = unavailable(ErrorCode.BREAKER_OPEN);

        assertThat(due(BATCH, failure.retryAfter(Duration.ofMillis(59_999)))).isPresent();
        assertThat(due(BATCH, failure.retryAfter(Duration.ofSeconds(60)))).isEmpty();
    }

    @Test
    void due_orderedCall_doesNotWait() {
        Header ordered = Records.header(HeaderNames.ORDERING_KEY, "a");

        assertThat(due(BATCH, unavailable(ErrorCode.BREAKER_OPEN), ordered)).isEmpty();
    }

    @Test
    void due_withAsManyHeadersAsThereMayBe_doesNotWait() {
        int most = 64 - ParkedCodec.ADDED_HEADERS;
        Header[] headers = new Header[most + 1];
        java.util.Arrays.setAll(headers, i -> Records.header("x-" + i, ""));

        assertThat(due(BATCH, unavailable(ErrorCode.BREAKER_OPEN), headers)).isEmpty();
        assertThat(due(BATCH, unavailable(ErrorCode.BREAKER_OPEN), java.util.Arrays.copyOf(headers, most)))
                .isPresent();
    }

    @Test
    void due_withAsManyBytesOfHeadersAsThereMayBe_doesNotWait() {
        Header large = Records.header("x", "x".repeat((8 << 10) - ParkedCodec.ADDED_BYTES));
        Header fits = Records.header("x", "x".repeat((8 << 10) - ParkedCodec.ADDED_BYTES - 1));

        assertThat(due(BATCH, unavailable(ErrorCode.BREAKER_OPEN), large)).isEmpty();
        assertThat(due(BATCH, unavailable(ErrorCode.BREAKER_OPEN), fits)).isPresent();
    }

    private static String longCall() {
        return BATCH.replace("60000", "600000");
    }

    private static Failure unavailable(ErrorCode code) {
        return Failure.beforeDispatch(code, "not now");
    }

    private OptionalLong due(String value, Failure failure, Header... headers) {
        Call call = Records.call(value, headers);
        InboundRecord record = Records.of(value, headers);
        assertThat(record.headers()).isEqualTo(Headers.of(headers));
        return rule.due(call, record.headers(), failure, NOW);
    }
}
