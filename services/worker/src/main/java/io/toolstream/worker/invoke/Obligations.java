package io.toolstream.worker.invoke;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What must be acknowledged, beside the reply and with it, before a call counts as settled. Any thread; stages of the line
 * add to it before they complete.
 */
public final class Obligations {
    private final List<CompletableFuture<?>> all = new ArrayList<>(1);

    public synchronized void add(CompletableFuture<?> obligation) {
        all.add(obligation);
    }

    /** Completes once all of them have that were added by now; exceptionally if one of them failed. */
    public synchronized CompletableFuture<Void> met() {
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
    }
}
