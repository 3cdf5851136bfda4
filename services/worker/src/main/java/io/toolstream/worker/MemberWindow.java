package io.toolstream.worker;

import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * Runs the members of one record, a few at a time and in their order. Any thread; a member that ends at once costs no stack,
 * however many there are.
 *
 * <p>Guarded by this object's lock: {@code next}, {@code running}, {@code isPumping}. Members are started outside of it, by
 * one thread at a time.
 */
final class MemberWindow {
    private final int size;
    private final int width;
    private final IntFunction<CompletableFuture<?>> member;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private int next;
    private int running;
    private boolean isPumping;

    private MemberWindow(int size, int width, IntFunction<CompletableFuture<?>> member) {
        this.size = size;
        this.width = width;
        this.member = member;
    }

    /**
     * Runs {@code member} for 0 to {@code size - 1}.
     *
     * @return completes when all have; exceptionally when one has, and then no more are started
     */
    static CompletableFuture<Void> run(int size, int width, IntFunction<CompletableFuture<?>> member) {
        MemberWindow window = new MemberWindow(size, width, member);
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
        var unused = begun(index).whenComplete((ignored, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            }
            ended();
            pump();
        });
    }

    private CompletableFuture<?> begun(int index) {
        try {
            return member.apply(index);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized boolean begin() {
        boolean isFree = !isPumping;
        isPumping = true;
        return isFree;
    }

    /** The next member to start; -1 ends the pumping of this thread. */
    private synchronized int take() {
        if (next < size && running < width && !done.isDone()) {
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
