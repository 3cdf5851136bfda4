package io.toolstream.worker.reply;

import io.toolstream.wire.Event;
import io.toolstream.wire.Timings;
import io.toolstream.worker.invoke.SendWatch;
import io.toolstream.worker.invoke.Trail;
import java.time.Duration;

/**
 * Where a call's time went, and what it met on its way.
 *
 * @param timings as its reply tells them
 * @param executing the same as measured, which is finer
 * @param sending is told of its reply
 */
public record Course(Timings timings, Duration executing, Trail trail, SendWatch sending) {
    /**
     * As its event tells them. The part before its execution is known in milliseconds only.
     *
     * @param parkedMillis of that part, how long it was parked, by clocks that may differ from ours
     */
    Event.Times times(long parkedMillis) {
        long queueMicros = timings.queueMs() * 1_000;
        long parkedMicros = Math.min(queueMicros, parkedMillis * 1_000);
        long executeMicros = executing.toNanos() / 1_000;
        long waitMicros = Math.min(executeMicros, trail.waited().toNanos() / 1_000);
        return new Event.Times(queueMicros, executeMicros, queueMicros + executeMicros, waitMicros, parkedMicros);
    }
}
