package io.toolstream.worker.parking;

import io.toolstream.wire.Call;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.Headers;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.ParkedCodec;
import io.toolstream.wire.Priority;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Origin;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Whether a failed call waits for its tool server instead of being answered, and until when. Pure.
 *
 * <p>Those wait that nobody waits for (priority {@code batch} and {@code replay}), that provably did not run, whose failure is
 * one that passes, and that still have time. Ordered calls never do: what comes behind them would overtake them. A member of
 * a {@code {"calls"}} record is answered at once: its record is closed by a reply that counts it.
 */
final class ParkingRule {
    private static final int MOST_DOUBLINGS = 16;

    private final ParkingLimits limits;
    private final int mostHeaders;

    /** @param mostHeaders that a call may have */
    ParkingRule(ParkingLimits limits, int mostHeaders) {
        this.limits = limits;
        this.mostHeaders = mostHeaders;
    }

    /** Epoch ms from which on the call is tried again; empty if it does not wait. */
    OptionalLong due(Call call, Origin origin, Failure failure, long nowMillis) {
        if (!mayWait(call, origin) || !passes(failure)) {
            return OptionalLong.empty();
        }
        Duration asked = failure.retryAfter();
        Duration own = own(times(origin.record().headers()));
        long wait = Math.max(
                1,
                asked == null
                        ? own.toMillis()
                        : Math.max(asked.toMillis(), limits.firstWait().toMillis()));
        long due = nowMillis + wait;
        return due < call.options().deadlineMillis() ? OptionalLong.of(due) : OptionalLong.empty();
    }

    private boolean mayWait(Call call, Origin origin) {
        return call.options().priority() != Priority.INTERACTIVE
                && call.options().orderingKey() == null
                && origin.member() == null
                && origin.record().headers().all().size() + ParkedCodec.ADDED_HEADERS <= mostHeaders;
    }

    private static boolean passes(Failure failure) {
        return failure.mayHaveRun() == MayHaveRun.NO && passes(failure.code());
    }

    /** A bug, a refusal of the call itself or an ended worker does not pass by waiting. */
    private static boolean passes(ErrorCode code) {
        return switch (code) {
            case SERVER_UNAVAILABLE, OVERLOADED, BREAKER_OPEN, CONNECT_FAILED, RATE_LIMITED, LEDGER_UNAVAILABLE -> true;
            default -> false;
        };
    }

    private Duration own(int times) {
        Duration wait = limits.firstWait().multipliedBy(1L << Math.min(times, MOST_DOUBLINGS));
        return wait.compareTo(limits.longestWait()) < 0 ? wait : limits.longestWait();
    }

    /** How often a call has waited before. */
    static int times(Headers headers) {
        return headers.lastText(HeaderNames.PARKED)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Integer::parseInt)
                .orElse(0);
    }
}
