package io.toolstream.cli.local;

import io.toolstream.client.ToolCall;
import io.toolstream.wire.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Makes the calls of the demonstration, one step after the other. Blocks until all are answered. */
final class DemoRun {
    private final Function<ToolCall, CompletableFuture<Reply>> client;
    private final LongSupplier nanoTime;

    DemoRun(Function<ToolCall, CompletableFuture<Reply>> client, LongSupplier nanoTime) {
        this.client = client;
        this.nanoTime = nanoTime;
    }

    /** @throws java.util.concurrent.CompletionException where a call has no reply */
    DemoOutcome run(DemoStep step) {
        long[] latenciesNanos = new long[step.times()];
        List<CompletableFuture<Reply>> futures = new ArrayList<>();
        for (int i = 0; i < step.times(); i++) {
            int index = i;
            long sentNanos = nanoTime.getAsLong();
            futures.add(client.apply(step.call()).thenApply(reply -> {
                latenciesNanos[index] = nanoTime.getAsLong() - sentNanos;
                return reply;
            }));
        }
        List<Reply> replies = futures.stream().map(CompletableFuture::join).toList();
        return new DemoOutcome(step, replies, latenciesNanos);
    }
}
