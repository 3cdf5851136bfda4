package io.toolstream.client;

import io.toolstream.client.CallFactory.Sending;
import io.toolstream.client.PendingCall.Identity;
import io.toolstream.client.PendingCall.Wanted;
import io.toolstream.wire.Call;
import io.toolstream.wire.CallEncoder;
import io.toolstream.wire.CancelCodec;
import io.toolstream.wire.CancelRequest;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of a call out of this process: named, entered into the table, given an alarm, and sent once it has a place and
 * replies can be seen. Any thread, nothing blocks.
 */
final class Dispatcher {
    private final ClientSettings settings;
    private final Surroundings surroundings;
    private final CallMarks marks;
    private final Tally tally;
    private final PendingCalls pendingCalls;
    private final ReplyTail tail;
    private final CallEncoder encoder = new CallEncoder();

    /** The table is made here, because what it hands out can cancel calls. */
    Dispatcher(ClientSettings settings, Surroundings surroundings, CallMarks marks, Tally tally, Back back) {
        this.settings = settings;
        this.surroundings = surroundings;
        this.marks = marks;
        this.tally = tally;
        this.pendingCalls = new PendingCalls(
                settings.flow(),
                this::cancel,
                marks.identities()::nextCorrelationId,
                surroundings.time().nanoTime());
        this.tail = back.start(pendingCalls);
    }

    /** Begins to read the replies to the calls of this table. */
    @FunctionalInterface
    interface Back {
        ReplyTail start(PendingCalls calls);
    }

    ReplyTail tail() {
        return tail;
    }

    PendingCalls pendingCalls() {
        return pendingCalls;
    }

    CallIdentities identities() {
        return marks.identities();
    }

    /** Sends the call when it has a place; fails at once where there is none to be had. */
    ReplyFuture call(ToolCall call, @Nullable Consumer<Reply> onUpdate) {
        Wanted wanted = wanted(call, onUpdate);
        Optional<PendingCall> opened = pendingCalls.open(wanted);
        opened.ifPresent(this::begin);
        return opened.map(PendingCall::future).orElseGet(() -> refused(wanted));
    }

    Optional<ReplyFuture> tryCall(ToolCall call) {
        Wanted wanted = wanted(call, null);
        Optional<PendingCall> opened = pendingCalls.openNow(wanted);
        opened.ifPresentOrElse(this::begin, () -> {
            tally.refused.increment();
            wanted.sending().failed(new TooManyInFlight(settings.flow()));
        });
        return opened.map(PendingCall::future);
    }

    /** Of a batch, which bounds and sends its own calls. */
    PendingCall openOfBatch(ToolCall call) {
        return pendingCalls.openOfBatch(new Wanted(marks.identities().next(call), call, null));
    }

    private Wanted wanted(ToolCall call, @Nullable Consumer<Reply> onUpdate) {
        Identity identity = marks.identities().next(call);
        return new Wanted(identity, call, onUpdate, tracing(call, identity));
    }

    private CallTracing.Sending tracing(ToolCall call, Identity identity) {
        return marks.tracing()
                .begin(settings.topics().calls(), identity.id(), call.context().trace());
    }

    private ReplyFuture refused(Wanted wanted) {
        tally.refused.increment();
        TooManyInFlight failure = new TooManyInFlight(settings.flow());
        wanted.sending().failed(failure);
        ReplyFuture refused = new ReplyFuture(wanted.identity(), this::cancel);
        refused.completeExceptionally(failure);
        return refused;
    }

    /** Gives an open call its alarm, and sends it in its turn. */
    void begin(PendingCall pending) {
        if (pending.future().isDone()) {
            return;
        }
        Duration timeout = timeout(pending.call());
        long deadlineMillis = deadlineMillis(timeout);
        pending.arm(alarm(timeout, () -> giveUp(pending, timeout)));
        pending.turn().came().thenRun(() -> whenConnected(partition -> dispatch(pending, deadlineMillis, partition)));
    }

    /** Runs once replies can be seen; never if that never comes. */
    void whenConnected(Consumer<Integer> onPartition) {
        CompletionStage<Integer> connected = tail.ready();
        connected.thenAccept(onPartition);
    }

    /** Rings when a call of this time-out is waited for no longer; run what is returned to take it back. */
    Runnable alarm(Duration timeout, Runnable action) {
        return surroundings.time().alarm().in(timeout.plus(settings.replyGrace()), action);
    }

    private void dispatch(PendingCall pending, long deadlineMillis, int partition) {
        if (pending.future().isDone() || !pending.beginSending()) {
            return;
        }
        CompletionStage<RecordPosition> acknowledged =
                publish(encode(pending.call(), wireCall(pending, deadlineMillis, partition)), 1);
        acknowledged.whenComplete((position, failure) -> {
            if (failure == null) {
                pending.accepted(position);
                pending.sending().accepted(position);
            } else {
                pending.sending().failed(failure);
                notAccepted(pending, failure);
            }
        });
    }

    private OutboundRecord encode(ToolCall wanted, Call call) {
        return encoder.encode(call, marks.keys().of(wanted));
    }

    Call wireCall(PendingCall pending, long deadlineMillis, int partition) {
        return CallFactory.call(
                pending.traced(),
                new Sending(
                        pending.identity(),
                        deadlineMillis,
                        settings.replyTopic(),
                        partition,
                        pending.asksForProgress()));
    }

    void notAccepted(PendingCall pending, Throwable failure) {
        pendingCalls.fail(pending, () -> NotAccepted.of(settings.topics().calls(), failure));
    }

    /** Sends a call for whose reply nobody here waits. */
    CompletableFuture<Acceptance> send(ToolCall call) {
        if (pendingCalls.isClosed()) {
            return CompletableFuture.failedFuture(new ClientClosed(false));
        }
        Identity identity = marks.identities().next(call);
        CallTracing.Sending traced = tracing(call, identity);
        Sending sending = new Sending(identity, deadlineMillis(timeout(call)), settings.replyTopic(), null, false);
        Call record = CallFactory.call(call.trace(traced.context()), sending);
        return publish(encode(call, record), 1).handle((position, failure) -> {
            if (failure != null) {
                traced.failed(failure);
                throw NotAccepted.of(settings.topics().calls(), failure);
            }
            traced.accepted(position);
            return new Acceptance(identity.id(), identity.correlationId(), position);
        });
    }

    /** One of ours that was not sent yet has ended with that; any other is its worker's to end. */
    CompletableFuture<Void> cancel(String id) {
        if (pendingCalls.withdraw(id)) {
            return CompletableFuture.completedFuture(null);
        }
        if (pendingCalls.isClosed()) {
            return CompletableFuture.failedFuture(new ClientClosed(false));
        }
        String topic = settings.topics().control();
        return surroundings
                .publisher()
                .publish(topic, null, new CancelCodec().encode(new CancelRequest(id)))
                .handle((position, failure) -> {
                    if (failure != null) {
                        throw NotAccepted.of(topic, failure);
                    }
                    return null;
                });
    }

    /** @param calls how many the record holds */
    CompletableFuture<RecordPosition> publish(OutboundRecord record, int calls) {
        return surroundings
                .publisher()
                .publish(settings.topics().calls(), null, record)
                .whenComplete((position, failure) -> {
                    if (failure == null) {
                        tally.sent.add(calls);
                    }
                });
    }

    void giveUp(PendingCall pending, Duration timeout) {
        if (pendingCalls.fail(pending, () -> timedOut(pending, timeout))) {
            tally.timedOut.increment();
        }
    }

    private CallTimedOut timedOut(PendingCall pending, Duration timeout) {
        String trouble = tail.trouble();
        String how = pending.progress() + (trouble == null ? "" : "; " + trouble);
        return new CallTimedOut(
                "no reply within " + timeout.toMillis() + " ms to call "
                        + pending.identity().id() + " (" + how + ")",
                pending.isSent());
    }

    Duration timeout(ToolCall call) {
        Duration wanted = call.wishes().timeout();
        return wanted == null ? settings.defaultTimeout() : wanted;
    }

    long deadlineMillis(Duration timeout) {
        return surroundings.time().clock().millis() + timeout.toMillis();
    }

    String replyTopic() {
        return settings.replyTopic();
    }
}
