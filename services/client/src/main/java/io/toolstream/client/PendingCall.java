package io.toolstream.client;

import io.toolstream.wire.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call that is waited for: what its reply must name, and the future its caller holds. The future may be completed by
 * anybody, its holder included; the alarm is taken back whoever it was.
 */
final class PendingCall {
    private final Identity identity;
    private final Consumer<Reply> onUpdate;
    private final CompletableFuture<Reply> future = new CompletableFuture<>();
    private volatile Object progress = "not yet sent";
    private volatile @Nullable Runnable cancelAlarm;

    PendingCall(Identity identity, Consumer<Reply> onUpdate) {
        this.identity = identity;
        this.onUpdate = onUpdate;
    }

    /** What a reply must name to be this call's. */
    record Identity(
            String correlationId, String id, @Nullable String tenant) {}

    Identity identity() {
        return identity;
    }

    CompletableFuture<Reply> future() {
        return future;
    }

    void update(Reply reply) {
        onUpdate.accept(reply);
    }

    /** How far the call came, to be printed when its time is up. */
    Object progress() {
        return progress;
    }

    void progress(Object how) {
        progress = how;
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
