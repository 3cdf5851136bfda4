package io.toolstream.worker;

import io.toolstream.kafka.Lease;
import io.toolstream.kafka.RecordHandler;
import io.toolstream.wire.BatchReply;
import io.toolstream.wire.Call;
import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.CorrelationIds;
import io.toolstream.wire.DecodedCall;
import io.toolstream.wire.DecodedRecord;
import io.toolstream.wire.DecodedRecord.BatchClosing;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Status;
import io.toolstream.worker.MemberTally.Aside;
import io.toolstream.worker.effects.Recollection;
import io.toolstream.worker.invoke.CallLog;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Origin;
import io.toolstream.worker.invoke.Origin.Member;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.parking.Stay;
import io.toolstream.worker.parking.Unread;
import io.toolstream.worker.reply.CallUpdates;
import io.toolstream.worker.reply.Caller;
import io.toolstream.worker.reply.Conclusion;
import io.toolstream.worker.reply.Course;
import io.toolstream.worker.reply.Destination;
import io.toolstream.worker.reply.Routing;
import io.toolstream.worker.trace.CallTrace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One record of the calls topic, from bytes to acknowledgement: decode; then, for each call, find out where its reply may
 * go, admit it, invoke its tool, and settle it whatever came of that. The stage returned completes when everything about
 * the record is acknowledged by the broker, and that completion is the acknowledgement of the record itself.
 *
 * <p>It fails only if the worker's own clients are broken or settling meets a bug: then nothing must be committed. A record
 * whose partition was taken away is left to its new owner; what was dispatched by then is answered all the same.
 */
final class CallHandler implements RecordHandler {
    private static final Logger log = LoggerFactory.getLogger(CallHandler.class);

    /** A record that ended its worker even when only its calls were to be refused is not decoded any more. */
    private static final int DEADLY_TO_READ = 4;

    private final Function<InboundRecord, DecodedRecord> decoder;
    private final LaneKeys laneKeys;
    private final Stations stations;
    private final Executor callThreads;
    private final InstantSource clock;

    /** @param decoder never throws */
    CallHandler(
            Function<InboundRecord, DecodedRecord> decoder,
            Stations stations,
            Executor callThreads,
            InstantSource clock) {
        this.decoder = decoder;
        this.laneKeys = new LaneKeys(decoder);
        this.stations = stations;
        this.callThreads = callThreads;
        this.clock = clock;
    }

    /** Leaves the poll thread at once. */
    @Override
    public CompletionStage<?> handle(InboundRecord record, Lease lease) {
        return handle(record, lease, Unread.failure(record).orElse(null));
    }

    /** Answers the calls of a record that ended its worker again and again, and runs none of them. */
    @Override
    public CompletionStage<?> condemned(InboundRecord record, Lease lease, int crashes) {
        String message =
                "the worker ended " + crashes + " times while it had this record, the last time with no other of"
                        + " its partition: it is not run any more";
        Failure sentence = new Failure(ErrorCode.POISON, message, MayHaveRun.MAYBE, false, crashes, null);
        return handle(record, lease, sentence);
    }

    @Override
    public Set<String> laneKeys(InboundRecord record) {
        return laneKeys.of(record);
    }

    /** @param sentence how its calls end without being run; null to run them */
    private CompletionStage<?> handle(InboundRecord record, Lease lease, @Nullable Failure sentence) {
        return CompletableFuture.completedFuture(record)
                .thenComposeAsync(taken -> answerAll(new Taken(taken, lease, sentence)), callThreads)
                .exceptionally(failure -> unlessLost(record, lease, failure));
    }

    /** After the partition was taken away a failure changes nothing: the record is its new owner's. */
    private static @Nullable Void unlessLost(InboundRecord record, Lease lease, Throwable failure) {
        if (lease.isHeld()) {
            throw new CompletionException(failure instanceof CompletionException ? failure.getCause() : failure);
        }
        log.debug("{} was not settled before it was taken away: {}", record.position(), failure.getMessage());
        return null;
    }

    private CompletableFuture<Void> answerAll(Taken taken) {
        DecodedRecord decoded = taken.isDeadlyToRead() ? Undecoded.of(taken.record()) : decoder.apply(taken.record());
        Optional<Call> misplaced = stations.mover().misplaced(taken.record(), decoded);
        if (misplaced.isPresent() && taken.sentence() == null) {
            return taken.lease().isHeld()
                    ? stations.mover().move(taken.record(), misplaced.get())
                    : CompletableFuture.completedFuture(null);
        }
        BatchClosing batch = decoded.batch();
        CompletableFuture<Void> answered = batch == null
                ? answer(decoded.calls().get(0), taken.origin(null), taken.sentence(), parking(taken.record()))
                        .thenApply(status -> null)
                : answerMembers(decoded.calls(), batch, taken);
        int calls = decoded.calls().size();
        return answered.whenComplete((ignored, failure) -> stations.parking().settled(taken.record(), calls));
    }

    /** Where a call goes that may wait. */
    @FunctionalInterface
    private interface Siding {
        /**
         * Takes the call.
         *
         * @param answer how it is answered if it cannot wait after all
         * @return completes when it is safe there; empty if it is to be answered now
         */
        Optional<CompletableFuture<Void>> take(
                Call call, Stay stay, Supplier<CompletableFuture<Optional<Status>>> answer);
    }

    private Siding parking(InboundRecord record) {
        return (call, stay, answer) -> stations.parking().park(record, call.id(), stay);
    }

    /** One call, a member of a batch or not. Empty if it was left to another worker, or waits. */
    private CompletableFuture<Optional<Status>> answer(
            DecodedCall call, Origin origin, @Nullable Failure sentence, Siding siding) {
        if (!origin.lease().isHeld()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Caller caller = Caller.of(call);
        CallTrace trace = stations.traces()
                .begin(
                        origin.record(),
                        caller.id(),
                        caller.route(),
                        caller.context().trace());
        Asked asked = new Asked(call, origin, caller, trace, System.nanoTime());
        return onCallThread(stations.router().route(caller.route()))
                .thenCompose(routing -> executeInTurn(asked, routing, sentence).thenCompose(ended -> {
                    if (isLeft(origin, ended)) {
                        return leave(asked, ended);
                    }
                    Supplier<CompletableFuture<Optional<Status>>> settle = () -> settle(asked, routing, ended);
                    return park(asked, ended, siding, settle).orElseGet(settle);
                }));
    }

    private static CompletableFuture<Optional<Status>> leave(Asked asked, Ended ended) {
        asked.trace().leave("another worker");
        return ended.obligations().meet().thenApply(ignored -> Optional.empty());
    }

    /**
     * A call that was not dispatched is its new owner's, who will answer it, or has; one that was is answered here all the
     * same. A worker that was stopped for a while may learn of its new owner from the ledger before its consumer does.
     */
    private static boolean isLeft(Origin origin, Ended ended) {
        return ended.isAnsweredBefore() || (!origin.lease().isHeld() && ended.isUntouched());
    }

    /** A member of a batch runs when one of those that run has ended. */
    private CompletableFuture<Ended> executeInTurn(Asked asked, Routing routing, @Nullable Failure sentence) {
        if (asked.origin().member() == null) {
            return execute(asked, routing, sentence);
        }
        CallSlots running = stations.slots().running();
        return onCallThread(running.take())
                .thenCompose(slot -> execute(asked, routing, sentence))
                .whenComplete((ended, thrown) -> running.giveBack());
    }

    private CompletableFuture<Ended> execute(Asked asked, Routing routing, @Nullable Failure sentence) {
        DecodedCall call = asked.call();
        Origin origin = asked.origin();
        if (sentence != null) {
            return CompletableFuture.completedFuture(Ended.refused(sentence));
        }
        if (call instanceof DecodedCall.Malformed malformed) {
            return CompletableFuture.completedFuture(Ended.refused(Failure.of(malformed.refusal())));
        }
        if (routing instanceof Routing.Forbidden forbidden) {
            return CompletableFuture.completedFuture(Ended.refused(Failure.of(forbidden.refusal())));
        }
        Call wellFormed = ((DecodedCall.WellFormed) call).call();
        Cancellations cancellations = stations.cancellations();
        CompletableFuture<Void> cancelled =
                cancellations.begin(wellFormed.id(), CallDecoder.sentMillis(origin.record()));
        return CompletableFuture.completedFuture(asked.trace().around(wellFormed))
                .thenCompose(admitting -> stations.admission().admit(admitting, origin))
                .thenCompose(invocation -> invoke(invocation.cancelledBy(cancelled), routing))
                .exceptionallyCompose(thrown -> notInvoked(wellFormed, origin, thrown))
                .whenComplete((ended, thrown) -> cancellations.end(wellFormed.id()));
    }

    private CompletableFuture<Ended> invoke(Invocation invocation, Routing routing) {
        return invocation.call().options().progress() && routing instanceof Routing.Permitted permitted
                ? invokeAudibly(invocation, permitted.destination())
                : invoke(invocation);
    }

    /** The caller is told how it is getting on, until it has ended and before that is told. */
    private CompletableFuture<Ended> invokeAudibly(Invocation invocation, Destination destination) {
        long beganNanos = System.nanoTime();
        long recordMillis = CallDecoder.sentMillis(invocation.origin().record());
        CallUpdates updates = stations.settlement()
                .updates(invocation, destination, () -> Ended.timings(since(beganNanos), recordMillis, clock.millis()));
        invocation.trail().heardBy(updates);
        return invoke(invocation).whenComplete((ended, thrown) -> updates.end());
    }

    private CompletableFuture<Ended> invoke(Invocation invocation) {
        long beganNanos = System.nanoTime();
        return stations.invoker()
                .invoke(invocation)
                .handle((answer, thrown) -> new Ended(
                        Outcome.of(answer, thrown),
                        invocation.tool(),
                        since(beganNanos),
                        invocation.trail(),
                        invocation.obligations()));
    }

    private CompletableFuture<Ended> notInvoked(Call call, Origin origin, Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        if (cause instanceof InvocationFailed refused) {
            Failure refusal = refused.failure();
            return stations.admission().mayHaveRunBefore(call)
                    ? remembered(call, origin, refusal)
                    : CompletableFuture.completedFuture(Ended.refused(refusal));
        }
        CallLog.bug(
                "admitting " + origin.title(), call.id(), null, call.context().trace(), cause);
        Failure bug = Failure.beforeDispatch(ErrorCode.INTERNAL, "a bug of the worker, see its log");
        return CompletableFuture.completedFuture(Ended.refused(bug));
    }

    /** A worker that is gone may have known its tool, or otherwise than it is known here, and have dispatched the call. */
    private CompletableFuture<Ended> remembered(Call call, Origin origin, Failure refusal) {
        Invocation unknown = Recollection.unknown(call, origin);
        return stations.recollection()
                .answer(unknown, refusal)
                .handle((answer, thrown) -> new Ended(
                        Outcome.of(answer, thrown), null, Duration.ZERO, unknown.trail(), unknown.obligations()));
    }

    /** A call that waits for its tool server is answered when it has come back. Empty if it does not wait. */
    private Optional<CompletableFuture<Optional<Status>>> park(
            Asked asked, Ended ended, Siding siding, Supplier<CompletableFuture<Optional<Status>>> settle) {
        if (!(asked.call() instanceof DecodedCall.WellFormed wellFormed)
                || !(ended.outcome() instanceof Outcome.Failed failed)) {
            return Optional.empty();
        }
        return stations.parking()
                .mayWait(wellFormed.call(), ended.tool(), asked.origin().record(), failed.failure())
                .flatMap(stay -> siding.take(wellFormed.call(), stay, settle))
                .map(parked -> CompletableFuture.allOf(
                                parked, ended.obligations().meet())
                        .thenApply(ignored -> {
                            asked.trace().leave("parked");
                            return Optional.empty();
                        }));
    }

    private CompletableFuture<Optional<Status>> settle(Asked asked, Routing routing, Ended ended) {
        CallTrace trace = asked.trace();
        long sentMillis = CallDecoder.sentMillis(asked.origin().record());
        Conclusion conclusion = new Conclusion(
                asked.origin(),
                asked.caller(),
                routing,
                ended.outcome(),
                ended.tool(),
                new Course(
                        ended.timings(sentMillis, clock.millis()), ended.executing(), ended.trail(), trace::sending));
        CompletableFuture<Status> settled = stations.settlement().settle(conclusion);
        return settled.thenCombine(ended.obligations().meet(), (told, met) -> {
            stations.meters()
                    .settled(
                            ended.tool(),
                            ended.outcome(),
                            conclusion.course().timings(),
                            since(asked.takenNanos()),
                            trace.traceparent());
            trace.end(ended.tool(), ended.outcome());
            CallLog.ended(
                    asked.caller().id(),
                    ended.tool(),
                    asked.caller().context().trace(),
                    ended.outcome(),
                    since(asked.takenNanos()));
            return Optional.of(told);
        });
    }

    private CompletableFuture<Void> answerMembers(List<DecodedCall> calls, BatchClosing batch, Taken taken) {
        MemberTally tally = new MemberTally(batch.rest());
        MemberOrder order = MemberOrder.of(calls, callThreads);
        return MemberWindow.run(calls.size(), stations.slots().unsettled(), callThreads, at -> {
                    Member member = new Member(
                            batch.rest().left().get(at), batch.members().get(at));
                    Siding aside = (call, stay, answer) -> {
                        tally.setAside(member.index(), new Aside(stay, () -> count(answer.get(), tally)));
                        return Optional.of(CompletableFuture.completedFuture(null));
                    };
                    return order.inTurn(
                            at,
                            () -> count(answer(calls.get(at), taken.origin(member), taken.sentence(), aside), tally));
                })
                .thenCompose(ignored -> end(batch, tally, taken));
    }

    private static CompletableFuture<Void> count(CompletableFuture<Optional<Status>> member, MemberTally tally) {
        return member.thenAccept(status -> status.ifPresent(tally::ended));
    }

    /** Closes the record, or parks it for those of its members that wait: whoever ends the last of them closes it. */
    private CompletableFuture<Void> end(BatchClosing batch, MemberTally tally, Taken taken) {
        List<Aside> aside = tally.aside();
        if (aside.isEmpty() || !taken.lease().isHeld()) {
            return closeIfHeld(batch, tally, taken);
        }
        return stations.parking()
                .parkMembers(
                        taken.record(),
                        batch.id(),
                        tally.rest(),
                        aside.stream().map(Aside::stay).toList())
                .orElseGet(() -> CompletableFuture.allOf(
                                aside.stream().map(one -> one.answer().get()).toArray(CompletableFuture<?>[]::new))
                        .thenCompose(answered -> closeIfHeld(batch, tally, taken)));
    }

    private CompletableFuture<Void> closeIfHeld(BatchClosing batch, MemberTally tally, Taken taken) {
        if (!taken.lease().isHeld()) {
            return CompletableFuture.completedFuture(null);
        }
        String correlationId = CorrelationIds.text(batch.route().correlationId());
        BatchReply closing = new BatchReply(batch.id(), correlationId, batch.size(), tally.counts(), null);
        return onCallThread(stations.router().route(batch.route()))
                .thenCompose(routing -> stations.settlement().close(closing, batch.route(), routing));
    }

    /** What has to be looked up comes back on another library's thread. */
    private <T> CompletableFuture<T> onCallThread(CompletableFuture<T> stage) {
        return stage.isDone() ? stage : stage.thenApplyAsync(Function.identity(), callThreads);
    }

    /** A call that is to be answered. */
    private record Asked(DecodedCall call, Origin origin, Caller caller, CallTrace trace, long takenNanos) {}

    /** @param sentence how the calls end without being run; null to run them */
    private record Taken(
            InboundRecord record, Lease lease, @Nullable Failure sentence) {
        boolean isDeadlyToRead() {
            return sentence != null && sentence.attempts() >= DEADLY_TO_READ;
        }

        Origin origin(@Nullable Member member) {
            return new Origin(record, lease, member);
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
