package io.toolstream.worker.admission;

import io.toolstream.wire.Call;
import io.toolstream.wire.Refusal;
import io.toolstream.worker.admission.Resolution.Found;
import io.toolstream.worker.admission.Resolution.PerhapsStale;
import io.toolstream.worker.admission.Resolution.Refused;
import io.toolstream.worker.catalogue.CatalogueSnapshot;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Origin;
import io.toolstream.worker.invoke.Tool;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Admits calls: in time, to a tool there is, against every rule in order. Called on {@code call-n}, completes there.
 */
public final class Admission {
    private final Supplier<CatalogueSnapshot> catalogue;
    private final Function<String, CompletableFuture<Void>> refresh;
    private final List<AdmissionRule> rules;
    private final Executor callThreads;
    private final InstantSource clock;

    /**
     * Rules are asked in their order; the first that refuses decides. A rule of tenants belongs in front.
     *
     * @param refresh reads a server's tools again; completes, always normally, when it is worth to look again
     */
    public Admission(
            Supplier<CatalogueSnapshot> catalogue,
            Function<String, CompletableFuture<Void>> refresh,
            List<AdmissionRule> rules,
            Executor callThreads,
            InstantSource clock) {
        this.catalogue = catalogue;
        this.refresh = refresh;
        this.rules = List.copyOf(rules);
        this.callThreads = callThreads;
        this.clock = clock;
    }

    /**
     * Fails with {@link InvocationFailed} where the call is refused: first of all for its deadline, unless it
     * {@link #mayHaveRunBefore}, and then whether or not there is time left.
     */
    public CompletableFuture<Invocation> admit(Call call, Origin origin) {
        Optional<Failure> late = Deadlines.passedOnArrival(call, clock, origin.record());
        Resolution resolution = ToolResolver.resolve(catalogue.get(), call.target());
        if (late.isPresent() && !mayHaveRunBefore(resolution)) {
            return InvocationFailed.stage(late.get());
        }
        return resolution instanceof PerhapsStale stale
                ? waitFor(refresh.apply(stale.server()), call)
                        .thenApplyAsync(ignored -> lookAgain(call, origin), callThreads)
                : checked(resolution, call, origin);
    }

    /**
     * True unless the call's tool is known to be repeatable. Its record may have been read before, by a worker that is gone
     * and knew the tool, or knew it otherwise: before the call is refused, the ledger has to be asked whether it ran then.
     */
    public boolean mayHaveRunBefore(Call call) {
        return mayHaveRunBefore(ToolResolver.resolve(catalogue.get(), call.target()));
    }

    private static boolean mayHaveRunBefore(Resolution resolution) {
        return !(resolution instanceof Found found && found.tool().isRepeatable());
    }

    /** No longer than the caller does. */
    private CompletableFuture<Void> waitFor(CompletableFuture<Void> reading, Call call) {
        long leftMillis = call.options().deadlineMillis() - clock.millis();
        return reading.copy().completeOnTimeout(null, leftMillis, TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<Invocation> checked(Resolution resolution, Call call, Origin origin) {
        try {
            return CompletableFuture.completedFuture(admitted(resolution, call, origin));
        } catch (InvocationFailed refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private Invocation lookAgain(Call call, Origin origin) {
        return admitted(ToolResolver.resolve(catalogue.get(), call.target()), call, origin);
    }

    private Invocation admitted(Resolution resolution, Call call, Origin origin) {
        Tool tool = tool(resolution);
        for (AdmissionRule rule : rules) {
            rule.check(call, tool).ifPresent(refusal -> {
                throw refused(refusal);
            });
        }
        return new Invocation(call, tool, origin);
    }

    private static Tool tool(Resolution resolution) {
        if (resolution instanceof Found found) {
            return found.tool();
        }
        throw refused(
                resolution instanceof Refused refused ? refused.refusal() : ((PerhapsStale) resolution).refusal());
    }

    private static InvocationFailed refused(Refusal refusal) {
        return new InvocationFailed(Failure.of(refusal));
    }
}
