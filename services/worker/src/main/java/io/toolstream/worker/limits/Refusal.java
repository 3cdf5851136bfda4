package io.toolstream.worker.limits;

import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.limits.LimitObserver.Reason;
import java.time.Duration;

/** Why somebody gets no permit, for those who watch and for the caller. */
record Refusal(Reason reason, Failure failure) {
    static Refusal full(String server, LimitState state, Duration retryAfter) {
        return overloaded(
                Reason.FULL,
                server + " is overloaded: " + state.inUse() + " attempts under way, " + state.waiting()
                        + " calls wait for one of its " + state.permits() + " permits",
                retryAfter);
    }

    static Refusal waited(String server, Duration waited, Duration retryAfter) {
        return overloaded(
                Reason.WAITED, server + " is overloaded: no permit within " + waited.toMillis() + " ms", retryAfter);
    }

    static Refusal hopeless(String server, Duration expected, Duration retryAfter) {
        return overloaded(
                Reason.HOPELESS,
                server + " is overloaded: a permit would take about " + expected.toMillis() + " ms, which is too late",
                retryAfter);
    }

    static Refusal held(String server, Duration retryAfter) {
        return new Refusal(
                Reason.HELD,
                Failure.beforeDispatch(
                                ErrorCode.RATE_LIMITED,
                                server + " has asked to be left alone for another " + retryAfter.toMillis() + " ms")
                        .retryAfter(retryAfter));
    }

    static Refusal expired(String server) {
        return new Refusal(
                Reason.HOPELESS,
                Failure.beforeDispatch(
                        ErrorCode.DEADLINE_PASSED,
                        "waited for a permit of " + server + " until its deadline could not be met any more"));
    }

    static Refusal cancelled(String server) {
        return new Refusal(
                Reason.CANCELLED,
                Failure.beforeDispatch(ErrorCode.CANCELLED, "cancelled while it waited for a permit of " + server));
    }

    private static Refusal overloaded(Reason reason, String message, Duration retryAfter) {
        return new Refusal(
                reason, Failure.beforeDispatch(ErrorCode.OVERLOADED, message).retryAfter(retryAfter));
    }
}
