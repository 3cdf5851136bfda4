package io.toolstream.client;

import io.toolstream.wire.InboundRecord;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The part of the reply topic that this client reads, from now on. Any thread may ask; nothing blocks. */
interface ReplyTail extends AutoCloseable {
    /**
     * Completes with the partition that replies are to be sent to, once every record arriving there from now on is seen.
     * May take for ever; fails only by {@link #close}. Another future after the tail had to be started again.
     */
    CompletableFuture<Integer> ready();

    /** Why replies do not come: it is not ready, or lost its broker since; null where nothing is known to be in the way. */
    @Nullable
    String trouble();

    @Override
    void close();

    /** Begins to read; hands records over one by one on the tail's own thread. Does not block. */
    @FunctionalInterface
    interface Starter {
        ReplyTail start(Consumer<InboundRecord> onTailThread);
    }
}
