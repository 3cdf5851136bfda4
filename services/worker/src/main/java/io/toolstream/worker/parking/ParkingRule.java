package io.toolstream.worker.parking;

import io.toolstream.settings.LimitSettings;
import io.toolstream.settings.ParkingSettings;
import io.toolstream.wire.Call;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.Headers;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.ParkedCodec;
import io.toolstream.worker.invoke.Failure;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Whether a failed call waits for its tool server instead of being answered, and until when. Pure.
 *
 * <p>Those wait that nobody waits for (priority {@code batch} and {@code replay}), that provably did not run, whose failure is
 * one that passes, and that still have time; and, once, those that were under way when their connection was lost and may run
 * twice: a server that goes away takes them with it. Not more often, since one of them may be what ends the server. Ordered calls
 * never do: what comes behind them would overtake them.
 */
final class ParkingRule {
    private static final int MOST_DOUBLINGS = 16;

    private final ParkingSettings settings;
    private final LimitSettings limits;

    /** @param limits what calls may have */
    ParkingRule(ParkingSettings settings, LimitSettings limits) {
        this.settings = settings;
        this.limits = limits;
    }

    /** Epoch ms from which on the call is tried again; empty if it does not wait. */
    OptionalLong due(Call call, Headers headers, Failure failure, long nowMillis) {
        if (!mayWait(call, headers) || !(passes(failure) || isLost(failure, times(headers)))) {
            return OptionalLong.empty();
        }
        Duration asked = failure.retryAfter();
        long wait = asked == null
                ? own(times(headers)).toMillis()
                : Math.max(asked.toMillis(), settings.shortestWait().toMillis());
        long due = nowMillis + wait;
        return due < call.options().deadlineMillis() ? OptionalLong.of(due) : OptionalLong.empty();
    }

    private boolean mayWait(Call call, Headers headers) {
        return call.options().priority().isBackground()
                && call.options().orderingKey() == null
                && headers.all().size() + ParkedCodec.ADDED_HEADERS <= limits.headerCount()
                && bytes(headers) + ParkedCodec.ADDED_BYTES <= limits.headerBytes();
    }

    private static long bytes(Headers headers) {
        return headers.all().stream()
                .mapToLong(header -> header.name().length() + header.value().length)
                .sum();
    }

    private static boolean passes(Failure failure) {
        return failure.mayHaveRun() == MayHaveRun.NO && passes(failure.code());
    }

    private static boolean isLost(Failure failure, int times) {
        return failure.code() == ErrorCode.CONNECTION_LOST && failure.isRetryable() && times == 0;
    }

    /** A bug, a refusal of the call itself or an ended worker does not pass by waiting. */
    private static boolean passes(ErrorCode code) {
        return switch (code) {
            case SERVER_UNAVAILABLE, OVERLOADED, BREAKER_OPEN, CONNECT_FAILED, RATE_LIMITED, LEDGER_UNAVAILABLE -> true;
            default -> false;
        };
    }

    private Duration own(int times) {
        Duration wait = settings.shortestWait().multipliedBy(1L << Math.min(times, MOST_DOUBLINGS));
        return wait.compareTo(settings.longestWait()) < 0 ? wait : settings.longestWait();
    }

    /** How often a call has waited before. */
    static int times(Headers headers) {
        return headers.lastText(HeaderNames.PARKED)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Integer::parseInt)
                .orElse(0);
    }
}
