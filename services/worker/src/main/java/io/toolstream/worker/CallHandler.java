package io.toolstream.worker;

import io.toolstream.kafka.Lease;
import io.toolstream.kafka.RecordHandler;
import io.toolstream.wire.BatchReply;
import io.toolstream.wire.Call;
import io.toolstream.wire.CorrelationIds;
import io.toolstream.wire.DecodedCall;
import io.toolstream.wire.DecodedRecord;
import io.toolstream.wire.DecodedRecord.BatchClosing;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Status;
import io.toolstream.worker.effects.Recollection;
import io.toolstream.worker.invoke.CallLog;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Origin;
import io.toolstream.worker.invoke.Origin.Member;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.parking.ParkingLot;
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
        return handle(record, lease, null);
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
        return batch == null
                ? answer(decoded.calls().get(0), taken.origin(null), taken.sentence())
                        .thenApply(status -> null)
                : answerMembers(decoded.calls(), batch, taken);
    }

    /** One call, a member of a batch or not. Empty if it was left to another worker. */
    private CompletableFuture<Optional<Status>> answer(DecodedCall call, Origin origin, @Nullable Failure sentence) {
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
                .thenCompose(routing -> execute(asked, routing, sentence)
                        .thenCompose(ended -> isLeft(origin, ended)
                                ? leave(asked, ended)
                                : park(asked, ended).orElseGet(() -> settle(asked, routing, ended))));
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
                cancellations.begin(wellFormed.id(), ParkingLot.sentMillis(origin.record()));
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
        long recordMillis = invocation.origin().record().timestampMillis();
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
    private Optional<CompletableFuture<Optional<Status>>> park(Asked asked, Ended ended) {
        if (!(asked.call() instanceof DecodedCall.WellFormed wellFormed)
                || !(ended.outcome() instanceof Outcome.Failed failed)) {
            return Optional.empty();
        }
        return stations.parking()
                .park(wellFormed.call(), ended.tool(), asked.origin(), failed.failure())
                .map(parked -> CompletableFuture.allOf(
                                parked, ended.obligations().meet())
                        .thenApply(ignored -> {
                            asked.trace().leave("parked");
                            return Optional.empty();
                        }));
    }

    private CompletableFuture<Optional<Status>> settle(Asked asked, Routing routing, Ended ended) {
        CallTrace trace = asked.trace();
        long recordMillis = asked.origin().record().timestampMillis();
        Conclusion conclusion = new Conclusion(
                asked.origin(),
                asked.caller(),
                routing,
                ended.outcome(),
                ended.tool(),
                new Course(
                        ended.timings(recordMillis, clock.millis()), ended.executing(), ended.trail(), trace::sending));
        CompletableFuture<Void> settled = stations.settlement().settle(conclusion);
        return CompletableFuture.allOf(settled, ended.obligations().meet()).thenApply(ignored -> {
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
            return Optional.of(ended.outcome().status());
        });
    }

    private CompletableFuture<Void> answerMembers(List<DecodedCall> calls, BatchClosing batch, Taken taken) {
        StatusCounts counts = new StatusCounts();
        MemberOrder order = MemberOrder.of(calls, callThreads);
        return MemberWindow.run(calls.size(), stations.slots(), callThreads, index -> {
                    Member member = new Member(index, batch.members().get(index));
                    return order.inTurn(index, () -> answer(calls.get(index), taken.origin(member), taken.sentence()))
                            .thenAccept(status -> status.ifPresent(counts::add));
                })
                .thenCompose(ignored ->
                        taken.lease().isHeld() ? close(batch, counts) : CompletableFuture.completedFuture(null));
    }

    private CompletableFuture<Void> close(BatchClosing batch, StatusCounts counts) {
        String correlationId = CorrelationIds.text(batch.route().correlationId());
        BatchReply closing = new BatchReply(batch.id(), correlationId, batch.size(), counts.asMap(), null);
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
