package io.toolstream.mcp.replica;

import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ToolServer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the replicas: at most once to each, and to another only while nobody can have seen it.
 * Cancelling it cancels the attempt under way. One attempt at a time, so {@code tried} has one owner after the other;
 * {@code current} is volatile for {@code cancel}.
 */
final class Attempts<T> extends CompletableFuture<T> {
    private final Replicas replicas;
    private final Function<ToolServer, CompletableFuture<T>> request;
    private final Predicate<McpException> isForAnother;
    private final Set<Replica> tried = new HashSet<>();
    private volatile @Nullable CompletableFuture<T> current;

    /** @param isForAnother whether a failure leaves it to another replica to answer */
    Attempts(
            Replicas replicas,
            Function<ToolServer, CompletableFuture<T>> request,
            Predicate<McpException> isForAnother) {
        this.replicas = replicas;
        this.request = request;
        this.isForAnother = isForAnother;
    }

    CompletableFuture<T> start() {
        next(new McpException(Kind.CONNECT, Delivery.NOT_SENT, "there is no replica", null));
        return this;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the last stage only passes on
    private void next(Throwable otherwise) {
        Replica chosen = isDone() ? null : replicas.choose(tried);
        if (chosen == null) {
            completeExceptionally(otherwise);
            return;
        }
        tried.add(chosen);
        chosen.began();
        CompletableFuture<T> attempt = request.apply(chosen.server());
        current = attempt;
        attempt.whenComplete((value, failure) -> ended(chosen, value, failure));
        if (isCancelled()) {
            attempt.cancel(true);
        }
    }

    private void ended(Replica chosen, @Nullable T value, @Nullable Throwable failure) {
        chosen.ended();
        if (failure == null) {
            chosen.isWell();
            complete(value);
            return;
        }
        chosen.judge(failure, System.nanoTime());
        if (failure instanceof McpException known && isForAnother.test(known)) {
            next(failure);
        } else {
            completeExceptionally(failure);
        }
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        boolean isMine = super.cancel(mayInterrupt);
        CompletableFuture<T> attempt = current;
        if (isMine && attempt != null) {
            attempt.cancel(mayInterrupt);
        }
        return isMine;
    }

    /** Stages made of this one are ordinary. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
