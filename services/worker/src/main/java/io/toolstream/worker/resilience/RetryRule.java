package io.toolstream.worker.resilience;

import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.invoke.Blame;
import io.toolstream.worker.invoke.Failure;

/** Which failures another attempt may get over. Pure. */
final class RetryRule {
    private RetryRule() {}

    /**
     * Whether to make another attempt, here and soon. {@link Failure#isRetryable} has the tool's effect in it: what may have
     * run is retryable only for a tool that may run twice.
     */
    static boolean helps(Failure failure) {
        return failure.isRetryable() && mayPass(failure.code());
    }

    /**
     * Not what an open breaker or a full limiter refused: they say when to come again, and asking them in a loop until then
     * would hold a place in flight for nothing.
     */
    private static boolean mayPass(ErrorCode code) {
        return switch (Blame.of(code)) {
            case UNREACHABLE, BROKEN, SILENT, PUSHED_BACK -> true;
            case GARBLED, UNCLEAR, ANSWERED, OTHERS -> false;
        };
    }
}
