package io.toolstream.worker.parking;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Keeps the order of steps whose inputs come at any time: each begins when its input is there and the one before it has begun,
 * or will never begin. Not thread-safe; steps run on the caller's thread, or on that which completes an input.
 */
final class InTurn {
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    /** Completes with the step, or fails with its input; neither keeps the next one from its turn. */
    <T, R> CompletableFuture<R> run(CompletableFuture<T> input, Function<T, CompletableFuture<R>> step) {
        CompletableFuture<R> ended = new CompletableFuture<>();
        last = last.handle((before, failure) -> true)
                .thenCombine(input, (turn, ready) -> ready)
                .thenAccept(ready -> pass(step.apply(ready), ended))
                .whenComplete((begun, failure) -> {
                    if (failure != null) {
                        ended.completeExceptionally(failure);
                    }
                });
        return ended;
    }

    private static <R> void pass(CompletableFuture<R> from, CompletableFuture<R> to) {
        var unused = from.whenComplete((result, failure) -> {
            if (failure == null) {
                to.complete(result);
            } else {
                to.completeExceptionally(failure);
            }
        });
    }
}
