package io.toolstream.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;

/** A target that answers as the test says, and remembers what it was asked. */
final class FakeTarget implements Target {
    final List<Long> numbers = new ArrayList<>();
    private final LongFunction<CompletionStage<?>> answer;

    FakeTarget(LongFunction<CompletionStage<?>> answer) {
        this.answer = answer;
    }

    static FakeTarget answering(Runnable work) {
        return new FakeTarget(number -> {
            work.run();
            return CompletableFuture.completedFuture(number);
        });
    }

    @Override
    public CompletionStage<?> call(long number) {
        numbers.add(number);
        return answer.apply(number);
    }

    @Override
    public void close() {}
}
