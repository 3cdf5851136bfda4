package io.toolstream.worker.invoke;

import io.toolstream.wire.Call;
import io.toolstream.wire.TraceContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * An admitted call on its way through the worker: well-formed, its tool known, its arguments checked.
 *
 * @param obligations what has to be acknowledged before the call counts as settled
 * @param trail what it meets on its way
 * @param cancelled completes when the caller does not want the answer any more
 */
public record Invocation(
        Call call, Tool tool, Origin origin, Obligations obligations, Trail trail, CompletableFuture<Void> cancelled) {
    /** One that nobody cancels. */
    public Invocation(Call call, Tool tool, Origin origin) {
        this(call, tool, origin, new Obligations(), new Trail(), new CompletableFuture<>());
    }

    public Invocation cancelledBy(CompletableFuture<Void> signal) {
        return new Invocation(call, tool, origin, obligations, trail, signal);
    }

    /** The same, with a deadline that is not later than then: for those inside of a stage that allows less time. */
    public Invocation endingBy(long millis) {
        return millis < call.options().deadlineMillis()
                ? new Invocation(call.endingBy(millis), tool, origin, obligations, trail, cancelled)
                : this;
    }

    /** How long the attempt under way has for its answer; a task that is one may go on after that. */
    public Duration timeToAnswer(InstantSource clock) {
        return Duration.ofMillis(Math.min(call.options().deadlineMillis(), trail.answerByMillis()) - clock.millis());
    }

    /** The same at another place in a trace: for those inside of a stage that makes a span. */
    public Invocation tracedBy(TraceContext trace) {
        return new Invocation(call.tracedBy(trace), tool, origin, obligations, trail, cancelled);
    }

    /** Until the call's deadline; zero or negative once it has passed. */
    public Duration timeLeft(InstantSource clock) {
        return Duration.ofMillis(call.options().deadlineMillis() - clock.millis());
    }
}
