package io.toolstream.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;

/**
 * Runs the members of one record in their order, a few at a time, and no more than there are slots for in the worker. A
 * member runs on a call thread, wherever the one before it ended; one that ends at once costs no stack.
 *
 * <p>Guarded by this object's lock: {@code next}, {@code running}, {@code isPumping}. One thread at a time starts members,
 * outside of the lock.
 */
final class MemberWindow {
    /** Of one record: a batch does not crowd out the calls of others. What clients send together runs together. */
    static final int WIDTH = 100;

    private final int size;
    private final CallSlots slots;
    private final Executor callThreads;
    private final IntFunction<CompletableFuture<?>> member;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private int next;
    private int running;
    private boolean isPumping;

    private MemberWindow(int size, CallSlots slots, Executor callThreads, IntFunction<CompletableFuture<?>> member) {
        this.size = size;
        this.slots = slots;
        this.callThreads = callThreads;
        this.member = member;
    }

    /**
     * Runs {@code member} for 0 to {@code size - 1}.
     *
     * @return completes when all have; exceptionally when one has, and then no more are started
     */
    static CompletableFuture<Void> run(
            int size, CallSlots slots, Executor callThreads, IntFunction<CompletableFuture<?>> member) {
        MemberWindow window = new MemberWindow(size, slots, callThreads, member);
        window.pump();
        return window.done;
    }

    private void pump() {
        if (begin()) {
            for (int index = take(); index >= 0; index = take()) {
                start(index);
            }
            if (isOver()) {
                done.complete(null);
            }
        }
    }

    private void start(int index) {
        var unused = slots.take()
                .thenComposeAsync(slot -> member.apply(index).thenApply(ignored -> null), callThreads)
                .whenComplete((ignored, failure) -> {
                    slots.giveBack();
                    if (failure != null) {
                        done.completeExceptionally(failure);
                    }
                    ended();
                    pump();
                });
    }

    private synchronized boolean begin() {
        boolean isFree = !isPumping;
        isPumping = true;
        return isFree;
    }

    /** The next member to start; -1 ends the pumping of this thread. */
    private synchronized int take() {
        if (next < size && running < WIDTH && !done.isDone()) {
            running++;
            return next++;
        }
        isPumping = false;
        return -1;
    }

    private synchronized boolean isOver() {
        return next == size && running == 0;
    }

    private synchronized void ended() {
        running--;
    }
}
