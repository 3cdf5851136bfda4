package io.toolstream.cli.local;

import io.toolstream.client.ToolCall;
import io.toolstream.wire.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
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
        Calls calls = new Calls(step, new Reply[step.times()], new long[step.times()], new AtomicInteger());
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int i = 0; i < step.atOnce(); i++) {
            callers.add(next(calls));
        }
        callers.forEach(CompletableFuture::join);
        return new DemoOutcome(step, List.of(calls.replies()), calls.latenciesNanos());
    }

    /** The calls of one step: each index is written once, by whoever took it. */
    private record Calls(DemoStep step, Reply[] replies, long[] latenciesNanos, AtomicInteger taken) {}

    /** One caller: sends its next call when the one before is answered, until there is none left. */
    private CompletableFuture<Void> next(Calls calls) {
        int index = calls.taken().getAndIncrement();
        if (index >= calls.step().times()) {
            return CompletableFuture.completedFuture(null);
        }
        long sentNanos = nanoTime.getAsLong();
        return client.apply(calls.step().call()).thenCompose(reply -> {
            calls.latenciesNanos()[index] = nanoTime.getAsLong() - sentNanos;
            calls.replies()[index] = reply;
            return next(calls);
        });
    }
}
