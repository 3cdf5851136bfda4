package io.toolstream.worker.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.settings.Effect;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Status;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class McpFailuresTest {
    private static final Tool READ = ToolFixtures.tool("fs", "read", Effect.READ);
    private static final Tool ONCE = ToolFixtures.tool("fs", "pay", Effect.ONCE);

    /** Kind and delivery → code of a repeatable tool, code of one that runs once, what may have run. */
    @ParameterizedTest
    @CsvSource({
        "CONNECT,          NOT_SENT, CONNECT_FAILED,     CONNECT_FAILED,     NO",
        "POOL_EXHAUSTED,   NOT_SENT, OVERLOADED,         OVERLOADED,         NO",
        "CONNECTION_LOST,  NOT_SENT, CONNECT_FAILED,     CONNECT_FAILED,     NO",
        "TIMEOUT,          NOT_SENT, SERVER_UNAVAILABLE, SERVER_UNAVAILABLE, NO",
        "CANCELLED,        NOT_SENT, CANCELLED,          CANCELLED,          NO",
        "UNAUTHORIZED,     NOT_SENT, UNAUTHORIZED,       UNAUTHORIZED,       NO",
        "CLOSED,           NOT_SENT, SHUTTING_DOWN,      SHUTTING_DOWN,      NO",
        "CONNECTION_LOST,  MAYBE,    CONNECTION_LOST,    OUTCOME_UNKNOWN,    MAYBE",
        "TIMEOUT,          MAYBE,    TIMED_OUT,          OUTCOME_UNKNOWN,    MAYBE",
        "CANCELLED,        MAYBE,    CANCELLED,          OUTCOME_UNKNOWN,    MAYBE",
        "CLOSED,           MAYBE,    CONNECTION_LOST,    OUTCOME_UNKNOWN,    MAYBE",
        "PROTOCOL,         ANSWERED, PROTOCOL_ERROR,     OUTCOME_UNKNOWN,    MAYBE",
        "SERVER_ERROR,     ANSWERED, SERVER_ERROR,       OUTCOME_UNKNOWN,    MAYBE",
        "RATE_LIMITED,     ANSWERED, RATE_LIMITED,       RATE_LIMITED,       NO",
        "UNAUTHORIZED,     ANSWERED, UNAUTHORIZED,       UNAUTHORIZED,       NO",
        "INVALID_PARAMS,   ANSWERED, INVALID_ARGUMENTS,  INVALID_ARGUMENTS,  NO",
        "RESULT_TOO_LARGE, ANSWERED, RESULT_TOO_LARGE,   RESULT_TOO_LARGE,   YES",
    })
    void classify_saysWhatIsKnown(
            Kind kind, Delivery delivery, ErrorCode ofRead, ErrorCode ofOnce, MayHaveRun mayHaveRun) {
        McpException failed = new McpException(kind, delivery, "as told", null);

        assertThat(McpFailures.classify(READ, false, failed).code()).isEqualTo(ofRead);
        assertThat(McpFailures.classify(ONCE, false, failed).code()).isEqualTo(ofOnce);
        assertThat(McpFailures.classify(READ, false, failed).mayHaveRun()).isEqualTo(mayHaveRun);
        assertThat(McpFailures.classify(ONCE, false, failed).mayHaveRun()).isEqualTo(mayHaveRun);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void classify_neverSent_neverRanAndNeverInDoubt(Kind kind) {
        Failure failure = McpFailures.classify(ONCE, true, new McpException(kind, Delivery.NOT_SENT, "no", null));

        assertThat(failure.mayHaveRun()).isEqualTo(MayHaveRun.NO);
        assertThat(failure.code().status()).isNotEqualTo(Status.IN_DOUBT);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void classify_sentAndRunsOnce_isNeverCalledRetryableUnlessItDidNotRun(Kind kind) {
        Failure failure = McpFailures.classify(ONCE, true, new McpException(kind, Delivery.MAYBE, "sent", null));

        assertThat(failure.isRetryable() && failure.mayHaveRun() != MayHaveRun.NO)
                .isFalse();
    }

    @Test
    void classify_lostWithAChild_saysThatItExited() {
        McpException failed = new McpException(Kind.CONNECTION_LOST, Delivery.MAYBE, "exit 1", null);

        assertThat(McpFailures.classify(READ, true, failed).code()).isEqualTo(ErrorCode.SERVER_EXITED);
    }

    @Test
    void classify_jsonRpcError_isBelieved() {
        McpException failed = new McpException(Kind.SERVER_ERROR, Delivery.ANSWERED, "boom", null, -32603, null);

        Failure failure = McpFailures.classify(ONCE, false, failed);

        assertThat(failure.code()).isEqualTo(ErrorCode.SERVER_ERROR);
        assertThat(failure.isRetryable()).isFalse();
    }

    @Test
    void classify_keepsWhatTheServerAskedToWait() {
        McpException failed =
                new McpException(Kind.RATE_LIMITED, Delivery.ANSWERED, "slow down", null, null, Duration.ofSeconds(7));

        assertThat(McpFailures.classify(READ, false, failed).retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }
}
