package io.toolstream.worker;

import io.toolstream.worker.admission.DeadlineInvoker;
import io.toolstream.worker.effects.ClaimingInvoker;
import io.toolstream.worker.effects.EffectLedger;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.NeverThrowInvoker;
import io.toolstream.worker.mcp.Endpoint;
import io.toolstream.worker.mcp.McpInvoker;
import io.toolstream.worker.meter.CallMeters;
import io.toolstream.worker.meter.MeteredInvoker;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The order of everything that happens to an admitted call. */
final class Invokers {
    private Invokers() {}

    /** Where claims are made, and on how many partitions. */
    record Claims(EffectLedger ledger, int partitions) {}

    /** Innermost first: what is written below surrounds what is written above it. */
    static Invoker nest(
            Map<String, Endpoint> endpoints,
            Consumer<String> onStaleCatalogue,
            CallMeters meters,
            Claims claims,
            Executor callThreads,
            InstantSource clock) {
        Invoker invoker = new McpInvoker(endpoints, onStaleCatalogue, callThreads, clock);
        // Around one attempt, and so inside of whatever repeats it: each attempt is timed and has its deadline checked.
        invoker = new MeteredInvoker(invoker, meters);
        invoker = new DeadlineInvoker(invoker, callThreads, clock);
        // Outside of whatever repeats an attempt: there is one claim for all attempts of a call.
        invoker = new ClaimingInvoker(invoker, claims.ledger(), claims.partitions(), callThreads, clock);
        // The backstop stays last.
        return new NeverThrowInvoker(invoker);
    }
}
