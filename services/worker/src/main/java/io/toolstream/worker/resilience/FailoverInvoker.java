package io.toolstream.worker.resilience;

import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Sends an attempt to the first of a server's endpoints, in the operator's order, that is fit, and on to the next where it
 * was provably not sent: so a tool that runs once may fail over, too, and never runs twice. What may have run ends the
 * attempt; if it may run again, the next attempt prefers another endpoint.
 */
public final class FailoverInvoker implements Invoker {
    private final List<Target> targets;
    private final InstantSource clock;

    /**
     * One endpoint.
     *
     * @param name as the trail of an invocation names it
     * @param isFit whether it is worth asking before the others; those that are not are the last resort
     */
    public record Target(String name, Invoker invoker, BooleanSupplier isFit) {}

    public FailoverInvoker(List<Target> targets, InstantSource clock) {
        this.targets = List.copyOf(targets);
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        return new FailoverAttempt(invocation, targets, clock).begin();
    }

    @Override
    public String toString() {
        return "FailoverInvoker" + targets.stream().map(Target::invoker).toList();
    }
}
