package io.toolstream.worker;

import io.toolstream.runtime.tracing.Tracing;
import io.toolstream.worker.admission.DeadlineInvoker;
import io.toolstream.worker.effects.ClaimingInvoker;
import io.toolstream.worker.effects.EffectLedger;
import io.toolstream.worker.health.WatchingInvoker;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.NeverThrowInvoker;
import io.toolstream.worker.mcp.Endpoint;
import io.toolstream.worker.mcp.McpInvoker;
import io.toolstream.worker.mcp.Routes;
import io.toolstream.worker.mcp.RoutingInvoker;
import io.toolstream.worker.meter.CallMeters;
import io.toolstream.worker.meter.MeteredInvoker;
import io.toolstream.worker.resilience.BreakingInvoker;
import io.toolstream.worker.resilience.FailoverInvoker;
import io.toolstream.worker.trace.TracingInvoker;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The order of everything that happens to an admitted call. In each method the innermost comes first: what is written below
 * surrounds what is written above it. From the outside: {@link #nest}, then by its tool's server {@link #server}, then
 * {@link #endpoint}.
 */
final class Invokers {
    private Invokers() {}

    /** Where claims are made, and on how many partitions. */
    record Claims(EffectLedger ledger, int partitions) {}

    /**
     * What the stages of all servers share.
     *
     * @param onStaleCatalogue told the name of a server whose list of tools proves old
     */
    record Shared(
            CallMeters meters,
            Resilience resilience,
            Limits limits,
            Consumer<String> onStaleCatalogue,
            Tracing tracing) {
        Executor callThreads() {
            return limits.time().callThreads();
        }

        InstantSource clock() {
            return limits.time().clock();
        }
    }

    /** For all calls; {@code keeping} is what keeps answers. */
    static Invoker nest(Routes routes, Claims claims, UnaryOperator<Invoker> keeping, Shared shared) {
        Invoker invoker = new RoutingInvoker(routes);
        // Outside of whatever repeats an attempt: there is one claim for all attempts of a call.
        invoker = new ClaimingInvoker(
                invoker, claims.ledger(), claims.partitions(), shared.callThreads(), shared.clock());
        // Outside of all that costs something: what is known already is not claimed, attempted or waited for.
        invoker = keeping.apply(invoker);
        // The backstop stays last.
        return new NeverThrowInvoker(invoker);
    }

    /** For the calls of one server, whichever of its endpoints they go to; these in the operator's order. */
    static Invoker server(List<Endpoint> endpoints, Shared shared) {
        List<FailoverInvoker.Target> each =
                endpoints.stream().map(endpoint -> target(endpoint, shared)).toList();
        Invoker invoker = each.size() == 1 ? each.get(0).invoker() : new FailoverInvoker(each, shared.clock());
        // Around one attempt, and so inside of whatever repeats it: each attempt has its deadline checked.
        invoker = new DeadlineInvoker(invoker, shared.callThreads(), shared.clock());
        invoker = shared.resilience()
                .retries()
                .around(invoker, endpoints.get(0).settings().retries(), shared.clock());
        // Outside of whatever repeats an attempt: all of them share the time of the call.
        return shared.limits().aroundCall(invoker, endpoints.get(0).settings());
    }

    private static FailoverInvoker.Target target(Endpoint endpoint, Shared shared) {
        Guard guard = shared.resilience().guards().watch(endpoint);
        return new FailoverInvoker.Target(endpoint.name(), endpoint(endpoint, guard, shared), guard::isFit);
    }

    /** For one endpoint: nothing in here knows that there may be others. */
    static Invoker endpoint(Endpoint endpoint, Guard guard, Shared shared) {
        Invoker invoker = new McpInvoker(endpoint, shared.onStaleCatalogue(), shared.callThreads(), shared.clock());
        invoker = new MeteredInvoker(invoker, shared.meters(), shared.meters().roundTrips(endpoint.name()));
        // Around what is timed, so that what is measured can name the span.
        invoker = TracingInvoker.around(
                invoker,
                shared.tracing(),
                new TracingInvoker.Peer(endpoint.name(), endpoint.isChild(), endpoint.toolServer()::protocolVersion));
        // Inside of what waits for a permit: what is watched is the server, not our own queue.
        invoker = new WatchingInvoker(invoker, guard.monitor());
        // Around what is timed: to wait for a permit is no part of an attempt.
        Limits.OfEndpoint limits = shared.limits().of(endpoint);
        invoker = limits.around(invoker);
        guard.onRefusal(limits.permits()::dismiss);
        return new BreakingInvoker(
                invoker, guard.breaker(), endpoint.settings().breaker().slow(), shared.clock());
    }
}
