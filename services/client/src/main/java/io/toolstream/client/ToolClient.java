package io.toolstream.client;

import io.toolstream.client.CallFactory.Sending;
import io.toolstream.wire.CallEncoder;
import io.toolstream.wire.CancelCodec;
import io.toolstream.wire.CancelRequest;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Sends tool calls and gives back their replies. One per process is enough: any thread may call, many calls may be in
 * flight, nothing blocks.
 *
 * <p>Every future returned completes: with the final reply, whatever its status, or exceptionally with a
 * {@link ToolClientException} that says why there is none. It completes on a thread of this client (the reply tail, the
 * timer or the producer's), so what continues on it must not block. Cancelling it ends the waiting, not the call: {@link #cancel}
 * does that.
 *
 * <p>Replies arrive on one partition of the reply topic that this client reads from its start on, without a consumer
 * group. Other clients may share it; what is not ours is dropped.
 */
public final class ToolClient implements AutoCloseable {
    private final ClientSettings settings;
    private final Surroundings surroundings;
    private final PendingCalls pendingCalls;
    private final CallIdentities identities;
    private final Tally tally = new Tally();
    private final CallEncoder encoder = new CallEncoder();
    private final ReplyTail tail;

    ToolClient(ClientSettings settings, Surroundings surroundings) {
        this.settings = settings;
        this.surroundings = surroundings;
        this.pendingCalls = new PendingCalls(settings.maxInFlight());
        this.identities = new CallIdentities(surroundings.instanceId());
        this.tail = surroundings.replies().start(new ReplyMatcher(identities.prefix(), pendingCalls, tally));
    }

    /** Begins to connect and returns at once. Calls may be made right away: they leave once replies can be seen. */
    public static ToolClient connect(ClientSettings settings) {
        return new ToolClient(settings, Surroundings.of(settings));
    }

    /** Completes when calls leave at once. Until then {@link #snapshot()} tells what is in the way. */
    public CompletableFuture<Void> ready() {
        return tail.ready().thenAccept(partition -> {});
    }

    /** Sends a call and waits for its reply. Fails at once with {@link TooManyInFlight} where the limit is reached. */
    public CompletableFuture<Reply> call(ToolCall call) {
        return call(call, false, update -> {});
    }

    /** Like {@link #call(ToolCall)}, and asks for progress: replies that are not final, given on the tail thread. */
    public CompletableFuture<Reply> call(ToolCall call, Consumer<Reply> onUpdate) {
        return call(call, true, onUpdate);
    }

    /**
     * Sends a call without waiting for its reply, which goes to the reply topic for others to read. Fails with
     * {@link NotAccepted}.
     */
    public CompletableFuture<Acceptance> send(ToolCall call) {
        PendingCall.Identity identity = identities.next(call.context().tenant());
        Sending sending = new Sending(identity, deadlineMillis(timeout(call)), settings.replyTopic(), null, false);
        return publish(call, sending).handle((position, failure) -> {
            if (failure != null) {
                throw NotAccepted.of(settings.topics().calls(), failure);
            }
            return new Acceptance(identity.id(), identity.correlationId(), position);
        });
    }

    /**
     * Asks to cancel the call of this id, wherever it is. Completes when the wish is accepted; what became of the call its
     * reply says: {@code cancelled}, {@code in_doubt} where a tool that runs once had begun, or its answer if that was
     * quicker. Fails with {@link NotAccepted}.
     */
    public CompletableFuture<Void> cancel(String id) {
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

    private CompletableFuture<Reply> call(ToolCall call, boolean progress, Consumer<Reply> onUpdate) {
        Optional<PendingCall> opened =
                pendingCalls.open(identities.next(call.context().tenant()), onUpdate);
        if (opened.isEmpty()) {
            return CompletableFuture.failedFuture(new TooManyInFlight(settings.maxInFlight()));
        }
        PendingCall pending = opened.get();
        if (pending.future().isDone()) {
            return pending.future();
        }
        Duration timeout = timeout(call);
        long deadlineMillis = deadlineMillis(timeout);
        pending.arm(surroundings.alarm().in(timeout.plus(settings.replyGrace()), () -> giveUp(pending, timeout)));
        CompletionStage<Integer> connected = tail.ready();
        connected.thenAccept(partition -> {
            if (!pending.future().isDone()) {
                dispatch(
                        pending,
                        call,
                        new Sending(pending.identity(), deadlineMillis, settings.replyTopic(), partition, progress));
            }
        });
        return pending.future();
    }

    private void dispatch(PendingCall pending, ToolCall call, Sending sending) {
        pending.progress("sent, not acknowledged by the broker");
        CompletionStage<RecordPosition> acknowledged = publish(call, sending);
        acknowledged.whenComplete((position, failure) -> {
            if (failure == null) {
                pending.progress(position);
            } else {
                pendingCalls.fail(
                        pending, () -> NotAccepted.of(settings.topics().calls(), failure));
            }
        });
    }

    private CompletableFuture<RecordPosition> publish(ToolCall call, Sending sending) {
        return surroundings
                .publisher()
                .publish(settings.topics().calls(), null, encoder.encode(CallFactory.call(call, sending)))
                .whenComplete((position, failure) -> {
                    if (failure == null) {
                        tally.sent.increment();
                    }
                });
    }

    private void giveUp(PendingCall pending, Duration timeout) {
        if (pendingCalls.fail(pending, () -> timedOut(pending, timeout))) {
            tally.timedOut.increment();
        }
    }

    private CallTimedOut timedOut(PendingCall pending, Duration timeout) {
        String trouble = tail.trouble();
        return new CallTimedOut("no reply within " + timeout.toMillis() + " ms to call "
                + pending.identity().id() + " (" + pending.progress() + (trouble == null ? "" : "; " + trouble) + ")");
    }

    private Duration timeout(ToolCall call) {
        Duration wanted = call.wishes().timeout();
        return wanted == null ? settings.defaultTimeout() : wanted;
    }

    private long deadlineMillis(Duration timeout) {
        return surroundings.clock().millis() + timeout.toMillis();
    }

    public ClientSnapshot snapshot() {
        return new ClientSnapshot(tail.trouble(), pendingCalls.size(), tally.counts());
    }

    /** Fails what is waited for with {@link ClientClosed} and ends the client's threads; sends what was handed over. */
    @Override
    public void close() {
        pendingCalls.close();
        tail.close();
        surroundings.publisher().close();
        surroundings.onClose().run();
    }
}
