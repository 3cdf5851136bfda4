package io.toolstream.worker.meter;

import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Times every attempt. Belongs around the innermost invoker, inside of what repeats it. */
public final class MeteredInvoker implements Invoker {
    private final Invoker delegate;
    private final CallMeters meters;
    private final RoundTrips roundTrips;

    /** @param roundTrips of the endpoint that the attempts go to */
    public MeteredInvoker(Invoker delegate, CallMeters meters, RoundTrips roundTrips) {
        this.delegate = delegate;
        this.meters = meters;
        this.roundTrips = roundTrips;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        long beganNanos = System.nanoTime();
        return delegate.invoke(invocation).whenComplete((answer, thrown) -> {
            Duration time = Duration.ofNanos(System.nanoTime() - beganNanos);
            String traceparent = invocation.call().context().trace().traceparent();
            Outcome outcome = Outcome.of(answer, thrown);
            meters.attempted(invocation.tool(), outcome, time, traceparent);
            if (answer != null) {
                roundTrips.add(time);
            } else if (outcome instanceof Outcome.Failed failed
                    && failed.failure().code() == ErrorCode.CONNECT_FAILED) {
                roundTrips.unconnected();
            }
        });
    }

    @Override
    public String toString() {
        return "MeteredInvoker[" + delegate + "]";
    }
}
