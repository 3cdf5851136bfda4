package io.toolstream.worker.effects;

import io.toolstream.wire.EffectEntry;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The effects topic: to write to, to follow and to read back from. Any thread; nothing blocks but {@code close}. */
interface EffectLog extends AutoCloseable {
    /** Completes, on any thread, with the offset at which the broker has the entry; does not give up by itself. */
    CompletableFuture<Long> append(int partition, EffectEntry entry);

    /** The entry at this offset; exceptionally if it cannot be read now. */
    CompletableFuture<EffectEntry> read(int partition, long offset);

    /** Reads a partition to its readers, from as long ago as an entry may count, until it is left. */
    void follow(int partition, Reader reader);

    void leave(int partition);

    /** A reader begins to wait for more. */
    void hurry();

    @Override
    void close();

    /** Told what stands in a partition, in its order, on one thread. */
    interface Reader {
        /** Reading begins here; where something was read before and this lies behind it, the log is another one. */
        void startAt(long offset);

        /** {@code entry} is null where a record is none of ours. */
        void read(long offset, @Nullable EffectEntry entry, long millis);

        /** All below this offset was read. */
        void readUpTo(long nextOffset);

        /** True while somebody waits for more. */
        boolean isAwaited();
    }
}
