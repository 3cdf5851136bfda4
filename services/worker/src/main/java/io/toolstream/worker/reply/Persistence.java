package io.toolstream.worker.reply;

import io.toolstream.kafka.PublishException;
import io.toolstream.kafka.PublishException.Kind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Asks the broker again, with growing waits, for as long as it cannot be reached. Ends when the broker says something
 * definite, or with the client: a closed or broken one fails with {@link Kind#FATAL}.
 *
 * <p>There is no bound on the number of tries, on purpose: whoever gave up would have to lose an answer. The number of
 * askers is bounded by the calls in flight. Any thread may call; nothing blocks.
 */
public final class Persistence {
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Set<Kind> passing;
    private final ScheduledExecutorService timer;
    private final Executor executor;
    private final Complaints complaints;

    private Persistence(Set<Kind> passing, ScheduledExecutorService timer, Executor executor) {
        this.passing = passing;
        this.timer = timer;
        this.executor = executor;
        this.complaints = new Complaints();
    }

    /** For topics that callers name: one that is missing is a definite answer. */
    public static Persistence withCallersTopics(ScheduledExecutorService timer, Executor executor) {
        return new Persistence(Set.of(Kind.TRANSIENT), timer, executor);
    }

    /** For our own topics, which were there at the start: one that is missing will be made again by the operator. */
    public static Persistence withOwnTopics(ScheduledExecutorService timer, Executor executor) {
        return new Persistence(Set.of(Kind.TRANSIENT, Kind.DESTINATION), timer, executor);
    }

    /**
     * Repeats {@code attempt}, on {@code executor}, until it ends otherwise than in a way that passes.
     *
     * @param what it does, asked where there is something to complain about
     */
    <T> CompletableFuture<T> persist(Supplier<String> what, Supplier<CompletableFuture<T>> attempt) {
        CompletableFuture<T> first = attempt.get();
        if (first.isDone() && !first.isCompletedExceptionally()) {
            return first;
        }
        CompletableFuture<T> ending = new CompletableFuture<>();
        goOn(first, what, attempt, FIRST_WAIT, ending);
        return ending;
    }

    private <T> void goOn(
            CompletableFuture<T> tried,
            Supplier<String> what,
            Supplier<CompletableFuture<T>> attempt,
            Duration wait,
            CompletableFuture<T> ending) {
        var unused = tried.whenComplete((value, failure) -> {
            if (failure == null) {
                ending.complete(value);
            } else if (passes(failure)) {
                complaints.about(what.get(), failure);
                later(wait, () -> goOn(attempt.get(), what, attempt, longer(wait), ending), ending);
            } else {
                ending.completeExceptionally(failure);
            }
        });
    }

    private boolean passes(Throwable failure) {
        return unwrapped(failure) instanceof PublishException cause && passing.contains(cause.kind());
    }

    private void later(Duration wait, Runnable task, CompletableFuture<?> ending) {
        unlessClosed(ending, () -> {
            Runnable hop = () -> unlessClosed(ending, () -> executor.execute(task));
            var unused = timer.schedule(hop, wait.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /** A worker that is closing takes no new tasks: the record stays uncommitted and is read again. */
    private static void unlessClosed(CompletableFuture<?> ending, Runnable handOver) {
        try {
            handOver.run();
        } catch (RejectedExecutionException closed) {
            ending.completeExceptionally(new PublishException(Kind.FATAL, "the worker is closing", closed));
        }
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
    }

    /** The failure of a publisher's stage, which is never anything else but for bugs. */
    static PublishException publishException(Throwable failure) {
        Throwable cause = unwrapped(failure);
        return cause instanceof PublishException known
                ? known
                : new PublishException(Kind.FATAL, "unexpected failure of a publisher", cause);
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
