package io.toolstream.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One caller's turn to send: there at once, or after waiting in line. Equal to itself alone. Any thread. */
final class Turn {
    private final CompletableFuture<Void> came = new CompletableFuture<>();

    static Turn now() {
        Turn turn = new Turn();
        turn.come();
        return turn;
    }

    /** Completes on the thread that gives a place back. */
    CompletionStage<Void> came() {
        return came;
    }

    boolean hasCome() {
        return came.isDone();
    }

    void come() {
        came.complete(null);
    }
}
