package io.toolstream.worker.effects;

import io.toolstream.wire.EffectEntry;
import io.toolstream.wire.EffectEntry.Claimed;
import io.toolstream.wire.EffectEntry.Concluded;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of a {@code once} tool on its way through the ledger: claim; then dispatch, or wait for whoever came first, or
 * answer with what is recorded.
 *
 * <p>Threads: begins on the caller's, goes on on {@code call-n}, one step after the other; no two steps of one call run at
 * the same time, so nothing here is shared but {@code isContested}, handed on by the futures.
 */
final class OnceCall {
    /** How long the owner of an earlier claim has to say that it lives. It needs one fetch and one produce. */
    static final Duration SIGN_OF_LIFE = Duration.ofSeconds(3);

    /** How long it is believed then, before it is asked again. */
    static final Duration BELIEVED = Duration.ofSeconds(10);

    /** What the ledger is given after the deadline, to find out whether the call was dispatched before. */
    static final Duration LAST_LOOK = Duration.ofSeconds(1);

    private static final Verdict LATE = new Verdict.Unknown("it was not judged in time");

    private final Invocation invocation;
    private final EffectIdentity identity;
    private final EffectLedger ledger;
    private final LedgerPartition partition;
    private final Invoker delegate;
    private final Executor callThreads;
    private final InstantSource clock;
    private volatile boolean isContested;

    OnceCall(
            Invocation invocation,
            EffectIdentity identity,
            EffectLedger ledger,
            Invoker delegate,
            Executor callThreads,
            InstantSource clock) {
        this.invocation = invocation;
        this.identity = identity;
        this.ledger = ledger;
        this.partition = ledger.partition(identity.partition());
        this.delegate = delegate;
        this.callThreads = callThreads;
        this.clock = clock;
    }

    CompletableFuture<Answer> run() {
        if (isContested && left().isNegative()) {
            return fail(notConcluded());
        }
        Claimed claimed = new Claimed(
                identity.key(),
                ledger.newClaim(),
                identity.digest(),
                identity.source(),
                identity.source().isKept() ? null : partition.floor());
        return partition
                .claim(claimed)
                .copy()
                .completeOnTimeout(LATE, longer(left(), LAST_LOOK).toMillis(), TimeUnit.MILLISECONDS)
                .thenComposeAsync(
                        verdict -> verdict.equals(LATE) ? unknown(claimed) : go(claimed, verdict), callThreads);
    }

    private CompletableFuture<Answer> unknown(Claimed claimed) {
        partition.giveUp(claimed);
        return fail(inDoubt("the ledger could not be asked in time whether it was dispatched before"));
    }

    private CompletableFuture<Answer> go(Claimed claimed, Verdict verdict) {
        if (verdict instanceof Verdict.Won) {
            return dispatch(claimed);
        }
        if (verdict instanceof Verdict.Held held) {
            isContested = true;
            return await(claimed, held);
        }
        if (verdict instanceof Verdict.Settled settled) {
            return repeat(settled.offset());
        }
        return fail(refusal(verdict));
    }

    private static Failure refusal(Verdict verdict) {
        if (verdict instanceof Verdict.Reused) {
            return Failure.beforeDispatch(
                    ErrorCode.KEY_REUSED,
                    "the idempotency key, or the id, was used for another tool or other arguments");
        }
        if (verdict instanceof Verdict.Covered) {
            return Failure.ANSWERED_BEFORE;
        }
        if (verdict instanceof Verdict.Full) {
            return Failure.beforeDispatch(
                    ErrorCode.LEDGER_FULL, "the ledger holds as many effects as worker.ledger.keysPerPartition allows");
        }
        String why = verdict instanceof Verdict.Unknown unknown ? unknown.why() : verdict.toString();
        return Failure.beforeDispatch(ErrorCode.LEDGER_UNAVAILABLE, "the claim does not count: " + why);
    }

    private static Failure tooOld(String why) {
        return Failure.beforeDispatch(
                ErrorCode.TOO_OLD, "a call of a tool that runs once is not run from so old a record: " + why);
    }

    /** The claim is won: from here on, whatever comes of it is told to the ledger, right after the caller. */
    private CompletableFuture<Answer> dispatch(Claimed claimed) {
        Failure obstacle = obstacle();
        if (obstacle != null) {
            invocation.obligations().addLater(notRun(claimed, obstacle));
            return fail(obstacle);
        }
        return delegate.invoke(invocation).handle((answer, thrown) -> {
            invocation.obligations().addLater(conclusion(claimed, Outcome.of(answer, thrown)));
            if (answer != null) {
                return answer;
            }
            throw new InvocationFailed(((Outcome.Failed) Outcome.of(null, thrown)).failure());
        });
    }

    /** Time has passed while the claim was on its way. */
    private @Nullable Failure obstacle() {
        if (!invocation.origin().lease().isHeld()) {
            return Failure.beforeDispatch(ErrorCode.SHUTTING_DOWN, "its partition is another worker's now");
        }
        long ageMillis = clock.millis() - identity.source().timestampMillis();
        return ageMillis > ledger.settings().retention().toMillis()
                ? tooOld("the ledger remembers " + ledger.settings().retention())
                : null;
    }

    private Supplier<CompletableFuture<Void>> conclusion(Claimed claimed, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed && failed.failure().mayHaveRun() == MayHaveRun.NO) {
            return notRun(claimed, failed.failure());
        }
        int resultBytes = ledger.settings().resultBytes();
        return () -> partition.conclude(Conclusions.of(claimed, outcome, resultBytes));
    }

    /**
     * A call that is answered as not run must never run, though a worker that was stopped may still be about to claim for
     * it. One that is left to the next owner of its record may. Which of the two it is, is decided before anybody is
     * answered: the partition may be taken away between the answer and the conclusion.
     */
    private Supplier<CompletableFuture<Void>> notRun(Claimed claimed, Failure failure) {
        boolean isLeft = !invocation.origin().lease().isHeld() && failure.attempts() == 0;
        return isLeft
                ? () -> partition.release(claimed)
                : () -> partition.refuse(Conclusions.of(claimed.key(), claimed.claim(), failure));
    }

    /** Somebody else came first: this worker, for a call that is the same; or another one, perhaps no longer there. */
    private CompletableFuture<Answer> await(Claimed claimed, Verdict.Held held) {
        Duration rest = longer(left(), LAST_LOOK);
        if (partition.isAtWork(held.claim())) {
            return next(claimed, held, rest).thenComposeAsync(news -> run(), callThreads);
        }
        Duration patience = shorter(SIGN_OF_LIFE, rest);
        return next(claimed, held, patience)
                .thenComposeAsync(
                        news -> switch (news) {
                            case GONE_ON -> run();
                            case ALIVE -> believe(claimed);
                            case SILENCE -> patience.equals(SIGN_OF_LIFE) ? doubt(claimed, held) : fail(notConcluded());
                        },
                        callThreads);
    }

    /** The owner lives. It may die later, so it is asked again after a while. */
    private CompletableFuture<Answer> believe(Claimed claimed) {
        return partition.verdict(claimed) instanceof Verdict.Held held
                ? next(claimed, held, shorter(BELIEVED, longer(left(), LAST_LOOK)))
                        .thenComposeAsync(news -> run(), callThreads)
                : run();
    }

    private enum News {
        /** The log says something new of the effect: claim again. */
        GONE_ON,
        /** The owner lives. */
        ALIVE,
        /** Nobody said anything. */
        SILENCE
    }

    private CompletableFuture<News> next(Claimed claimed, Verdict.Held held, Duration patience) {
        CompletableFuture<Boolean> change = partition.next(claimed, held);
        return change.copy()
                .thenApply(isAlive -> isAlive ? News.ALIVE : News.GONE_ON)
                .completeOnTimeout(News.SILENCE, patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((news, failure) -> partition.unwatch(claimed.key(), change));
    }

    private CompletableFuture<Answer> doubt(Claimed claimed, Verdict.Held held) {
        Failure failure = inDoubt("it was claimed by a worker that is gone");
        Concluded doubt = Conclusions.of(claimed.key(), held.claim(), failure);
        invocation.obligations().addLater(() -> partition.doubt(doubt));
        return fail(failure);
    }

    private CompletableFuture<Answer> repeat(long offset) {
        return ledger.read(identity.partition(), offset).handleAsync((entry, failure) -> answer(entry), callThreads);
    }

    private Answer answer(@Nullable EffectEntry entry) {
        if (entry instanceof Concluded concluded) {
            ledger.counts().repeated();
            return Conclusions.answer(concluded);
        }
        throw new InvocationFailed(Failure.beforeDispatch(
                ErrorCode.LEDGER_UNAVAILABLE, "it was dispatched before, and what came of it cannot be read now"));
    }

    private Failure notConcluded() {
        return inDoubt("an earlier claim of it was not concluded by the deadline");
    }

    private Failure inDoubt(String why) {
        return new Failure(
                ErrorCode.OUTCOME_UNKNOWN,
                invocation.tool().title() + ": whether the tool ran is unknown: " + why,
                MayHaveRun.MAYBE,
                false,
                0,
                null);
    }

    private Duration left() {
        return invocation.timeLeft(clock);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static CompletableFuture<Answer> fail(Failure failure) {
        return InvocationFailed.stage(failure);
    }
}
