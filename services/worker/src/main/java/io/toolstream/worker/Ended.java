package io.toolstream.worker;

import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Timings;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Obligations;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import io.toolstream.worker.invoke.Trail;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call at its end, before anybody is told.
 *
 * @param tool the tool it was resolved to, if it came that far
 * @param executing from the first stage to its end; zero if nothing was dispatched
 * @param trail what it met on its way
 * @param obligations what the stages have to write, met once the reply is on its way
 */
record Ended(Outcome outcome, @Nullable Tool tool, Duration executing, Trail trail, Obligations obligations) {
    static Ended refused(Failure failure) {
        return new Ended(new Outcome.Failed(failure), null, Duration.ZERO, new Trail(), new Obligations());
    }

    /** True if the record was committed before: its answer stands. */
    boolean isAnsweredBefore() {
        return outcome instanceof Outcome.Failed failed && failed.failure().equals(Failure.ANSWERED_BEFORE);
    }

    /** True if no tool server was asked: whoever has the record now may do as if nothing had happened. */
    boolean isUntouched() {
        return outcome instanceof Outcome.Failed failed
                && failed.failure().mayHaveRun() == MayHaveRun.NO
                && failed.attempts() == 0;
    }

    /**
     * Execution is measured here, all of it since the record's timestamp by two clocks that may differ: what does not add up
     * is cut, so that queue and execution always make up the total.
     */
    Timings timings(long recordMillis, long nowMillis) {
        return timings(executing, recordMillis, nowMillis);
    }

    static Timings timings(Duration executing, long recordMillis, long nowMillis) {
        long executeMs = executing.toMillis();
        long queueMs = Math.max(0, nowMillis - recordMillis - executeMs);
        return new Timings(queueMs, executeMs, queueMs + executeMs);
    }
}
