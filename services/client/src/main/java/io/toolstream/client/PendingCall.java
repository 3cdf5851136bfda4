package io.toolstream.client;

import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Reply;
import io.toolstream.wire.TraceContext;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call that is waited for: what its reply must name, and the future its caller holds. The future may be completed by
 * anybody, its holder included; the alarm is taken back whoever it was.
 */
final class PendingCall {
    private static final Object WITHDRAWN = "withdrawn";

    private final Wanted wanted;
    private final ReplyFuture future;
    private final Turn turn;
    private final long beganNanos;
    private final AtomicReference<@Nullable Object> progress = new AtomicReference<>();
    private volatile @Nullable Runnable cancelAlarm;

    PendingCall(Wanted wanted, Function<String, CompletableFuture<Void>> canceller, Turn turn, long beganNanos) {
        this.wanted = wanted;
        this.future = new ReplyFuture(wanted.identity(), canceller);
        this.turn = turn;
        this.beganNanos = beganNanos;
    }

    /** What a reply must name to be this call's. */
    record Identity(
            String correlationId, String id, @Nullable String tenant) {}

    /**
     * A call, its names, and who hears of its progress.
     *
     * @param onUpdate null: progress is not asked for
     * @param sending is told whether the broker has it
     */
    record Wanted(
            Identity identity, ToolCall call, @Nullable Consumer<Reply> onUpdate, CallTracing.Sending sending) {
        /** A call that is not traced. */
        Wanted(Identity identity, ToolCall call, @Nullable Consumer<Reply> onUpdate) {
            this(identity, call, onUpdate, CallTracing.Sending.of(call.context().trace()));
        }

        /** The same under another correlation id. */
        Wanted under(String correlationId) {
            Identity renamed = new Identity(correlationId, identity.id(), identity.tenant());
            return new Wanted(renamed, call, onUpdate, sending);
        }

        /** What goes on the topic. */
        ToolCall traced() {
            TraceContext trace = sending.context();
            return trace.equals(call.context().trace()) ? call : call.trace(trace);
        }
    }

    Identity identity() {
        return wanted.identity();
    }

    ToolCall call() {
        return wanted.call();
    }

    /** With the trace context that the worker is to have. */
    ToolCall traced() {
        return wanted.traced();
    }

    CallTracing.Sending sending() {
        return wanted.sending();
    }

    /** It is over: one that was not handed to the producer by now will not be. */
    void endSending() {
        if (!isSent()) {
            wanted.sending().failed(new CancellationException("not sent"));
        }
    }

    boolean asksForProgress() {
        return wanted.onUpdate() != null;
    }

    ReplyFuture future() {
        return future;
    }

    /** When the call may be sent. */
    Turn turn() {
        return turn;
    }

    long beganNanos() {
        return beganNanos;
    }

    void update(Reply reply) {
        Consumer<Reply> onUpdate = wanted.onUpdate();
        if (onUpdate != null) {
            onUpdate.accept(reply);
        }
    }

    /** How far the call came, to be printed when its time is up. */
    Object progress() {
        Object known = progress.get();
        return known != null ? known : turn.hasCome() ? "not yet sent" : "waiting for a place, not yet sent";
    }

    boolean isSent() {
        Object known = progress.get();
        return known != null && known != WITHDRAWN;
    }

    /** To be asked before each handing over to the producer; false: it was withdrawn, and must not be sent. */
    boolean beginSending() {
        return progress.compareAndSet(null, "sent, not acknowledged by the broker") || isSent();
    }

    /** Keeps it from being sent, for good; false: it was handed to the producer before. */
    boolean withdraw() {
        return progress.compareAndSet(null, WITHDRAWN);
    }

    /** The broker has it. */
    void accepted(RecordPosition position) {
        progress.set(position);
    }

    /**
     * Sets the alarm for the deadline. Either this sees the future done, or its completion sees the alarm: the field is
     * written before the future is asked, and the future is done before {@link #disarm} reads the field.
     */
    void arm(Runnable cancel) {
        cancelAlarm = cancel;
        if (future.isDone()) {
            cancel.run();
        }
    }

    void disarm() {
        Runnable cancel = cancelAlarm;
        if (cancel != null) {
            cancel.run();
        }
    }
}
