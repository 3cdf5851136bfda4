package io.toolstream.worker.effects;

import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Dispatches a call of a {@code once} tool only after winning a durable claim for it, and otherwise answers with what the
 * ledger knows: what was recorded, or that the outcome is in doubt. Others pass through at no cost.
 */
public final class ClaimingInvoker implements Invoker {
    private final Invoker delegate;
    private final EffectLedger ledger;
    private final int partitions;
    private final Executor callThreads;
    private final InstantSource clock;

    /** {@code partitions} of the effects topic, and of the calls topic. */
    public ClaimingInvoker(
            Invoker delegate, EffectLedger ledger, int partitions, Executor callThreads, InstantSource clock) {
        this.delegate = delegate;
        this.ledger = ledger;
        this.partitions = partitions;
        this.callThreads = callThreads;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        return invocation.tool().isRepeatable()
                ? delegate.invoke(invocation)
                : new OnceCall(
                                invocation,
                                EffectIdentity.of(invocation, partitions),
                                ledger,
                                delegate,
                                callThreads,
                                clock)
                        .run();
    }

    @Override
    public String toString() {
        return "ClaimingInvoker[" + delegate + "]";
    }
}
