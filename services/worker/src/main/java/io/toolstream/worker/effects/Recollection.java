package io.toolstream.worker.effects;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.settings.Effect;
import io.toolstream.settings.ToolPolicy;
import io.toolstream.settings.schema.ArgumentsSchema;
import io.toolstream.wire.Call;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Target;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Origin;
import io.toolstream.worker.invoke.Tool;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Refuses calls, unless the ledger remembers them: a worker that is gone may have dispatched a call whose tool is not known
 * (yet, or any more), or takes other arguments now. A tool that is not known counts as one that runs once. Any thread; goes on
 * on {@code call-n}.
 */
public final class Recollection {
    private static final Failure TOO_LATE = Failure.beforeDispatch(
            ErrorCode.DEADLINE_PASSED, "the deadline had passed before the call could be dispatched");

    private final EffectLedger ledger;
    private final int partitions;
    private final Executor callThreads;
    private final InstantSource clock;

    /** {@code partitions} of the effects topic, and of the calls topic. */
    public Recollection(EffectLedger ledger, int partitions, Executor callThreads, InstantSource clock) {
        this.ledger = ledger;
        this.partitions = partitions;
        this.callThreads = callThreads;
        this.clock = clock;
    }

    /** The call as it goes through the ledger: of a tool of which only the name is known. */
    public static Invocation unknown(Call call, Origin origin) {
        return new Invocation(call, Unknown.tool(call.target()), origin);
    }

    /** What the ledger remembers of the call; else it fails as told, and the ledger remembers that. */
    public CompletableFuture<Answer> answer(Invocation unknown, Failure otherwise) {
        Failure refusal = unknown.timeLeft(clock).isNegative() ? TOO_LATE : otherwise;
        Invoker refusing = invocation -> InvocationFailed.stage(refusal);
        EffectIdentity identity = EffectIdentity.ofUnknownTool(unknown, partitions);
        return new OnceCall(unknown, identity, ledger, refusing, callThreads, clock).run();
    }

    /** Apart, so that nothing is compiled where every tool is known. */
    private static final class Unknown {
        private static final ArgumentsSchema ANYTHING = ArgumentsSchema.compile("{}".getBytes(UTF_8));

        static Tool tool(Target target) {
            String server = target.server();
            return new Tool(server == null ? "" : server, target.tool(), Effect.ONCE, "", ANYTHING, ToolPolicy.DEFAULT);
        }
    }
}
