package io.toolstream.worker;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * So many members of batches at the same time, over all batches of a worker ({@link MemberSlots} says of which kind); whoever comes when all slots are taken waits in
 * line. Any thread, nothing blocks. Guarded by this object's lock: {@code free}, {@code line}; nothing completes under it.
 */
final class CallSlots {
    private final Queue<CompletableFuture<Void>> line = new ArrayDeque<>();
    private int free;

    CallSlots(int slots) {
        this.free = slots;
    }

    /** Completes when there is a slot: at once, or on the thread that gives one back. */
    synchronized CompletableFuture<Void> take() {
        CompletableFuture<Void> slot = new CompletableFuture<>();
        if (free > 0) {
            free--;
            slot.complete(null);
        } else {
            line.add(slot);
        }
        return slot;
    }

    void giveBack() {
        CompletableFuture<Void> next = nextInLine();
        if (next != null) {
            next.complete(null);
        }
    }

    private synchronized @Nullable CompletableFuture<Void> nextInLine() {
        CompletableFuture<Void> next = line.poll();
        if (next == null) {
            free++;
        }
        return next;
    }
}
