package io.toolstream.worker.invoke;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What must be acknowledged, beside the reply and with it, before a call counts as settled. Any thread; stages of the line
 * add to it before they complete.
 */
public final class Obligations {
    private final List<CompletableFuture<?>> begun = new ArrayList<>(1);
    private final List<Supplier<? extends CompletableFuture<?>>> later = new ArrayList<>(1);

    /** What is under way. */
    public synchronized void add(CompletableFuture<?> obligation) {
        begun.add(obligation);
    }

    /** What is begun once the reply is on its way, so that the caller does not wait for it. It must not throw. */
    public synchronized void addLater(Supplier<? extends CompletableFuture<?>> obligation) {
        later.add(obligation);
    }

    /**
     * Begins what is left, in the order in which it was added. Completes once all have completed that were added by now;
     * exceptionally if one of them failed.
     */
    public CompletableFuture<Void> meet() {
        left().forEach(obligation -> add(obligation.get()));
        return all();
    }

    private synchronized List<Supplier<? extends CompletableFuture<?>>> left() {
        List<Supplier<? extends CompletableFuture<?>>> left = List.copyOf(later);
        later.clear();
        return left;
    }

    private synchronized CompletableFuture<Void> all() {
        return CompletableFuture.allOf(begun.toArray(CompletableFuture<?>[]::new));
    }
}
