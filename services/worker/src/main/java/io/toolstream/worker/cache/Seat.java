package io.toolstream.worker.cache;

import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Invocation;
import java.util.concurrent.CompletableFuture;

/** One call on a flight, and the future that is its own: nobody else's end is its end. */
final class Seat {
    private final Invocation invocation;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    Seat(Invocation invocation) {
        this.invocation = invocation;
    }

    Invocation invocation() {
        return invocation;
    }

    CompletableFuture<Answer> answer() {
        return answer;
    }

    long deadlineMillis() {
        return invocation.call().options().deadlineMillis();
    }
}
