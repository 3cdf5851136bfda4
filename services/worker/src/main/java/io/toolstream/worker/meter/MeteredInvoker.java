package io.toolstream.worker.meter;

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

    public MeteredInvoker(Invoker delegate, CallMeters meters) {
        this.delegate = delegate;
        this.meters = meters;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        long beganNanos = System.nanoTime();
        return delegate.invoke(invocation)
                .whenComplete((answer, thrown) -> meters.attempted(
                        invocation.tool(),
                        Outcome.of(answer, thrown),
                        Duration.ofNanos(System.nanoTime() - beganNanos)));
    }

    @Override
    public String toString() {
        return "MeteredInvoker[" + delegate + "]";
    }
}
