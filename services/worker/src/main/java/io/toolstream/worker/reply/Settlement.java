package io.toolstream.worker.reply;

import io.toolstream.kafka.Publisher;
import io.toolstream.settings.WorkerSettings;
import io.toolstream.wire.BatchReply;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.ReplyRoute;
import io.toolstream.wire.Timings;
import io.toolstream.wire.TopicNames;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Origin;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.reply.Delivery.Undeliverable;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles calls that have ended: the reply, then dead letter and event side by side. Any thread may call. A stage completes
 * once the broker has acknowledged all of it; exceptionally only if the worker's own clients are broken, and then the
 * record must not be committed.
 */
public final class Settlement {
    private static final Logger log = LoggerFactory.getLogger(Settlement.class);

    private final ReplyWriter replies;
    private final DeadLetters deadLetters;
    private final EventJournal journal;
    private final EventComposer events;

    private Settlement(ReplyWriter replies, DeadLetters deadLetters, EventJournal journal, EventComposer events) {
        this.replies = replies;
        this.deadLetters = deadLetters;
        this.journal = journal;
        this.events = events;
    }

    /**
     * Builds the way out of the worker.
     *
     * @param toCallers for replies; gives up on topics that are not there
     * @param toOurs for dead letters and events; does not give up
     */
    public static Settlement of(
            PersistentPublisher toCallers,
            Publisher toOurs,
            ReplyCodec codec,
            TopicNames topics,
            WorkerSettings worker,
            InstantSource clock) {
        return new Settlement(
                new ReplyWriter(new ReplyComposer(worker.id()), codec, toCallers),
                new DeadLetters(toOurs, topics.deadLetters(), worker.group(), clock),
                new EventJournal(toOurs, topics.events()),
                new EventComposer(worker.id(), clock));
    }

    /**
     * What the caller of this invocation is told while it runs. End it before the call is settled.
     *
     * @param timings of the call so far
     */
    public CallUpdates updates(Invocation invocation, Destination destination, Supplier<Timings> timings) {
        Caller caller = Caller.of(invocation.call());
        return new CallUpdates(meta -> replies.write(caller, invocation.tool(), timings.get(), meta, destination));
    }

    public CompletableFuture<Void> settle(Conclusion conclusion) {
        return reply(conclusion)
                .thenCompose(delivery -> CompletableFuture.allOf(
                        keepIfFailed(conclusion, delivery), journal.append(events.event(conclusion))));
    }

    /** Writes the reply that closes a batch. Where it cannot be written, the members' own dead letters tell. */
    public CompletableFuture<Void> close(BatchReply closing, ReplyRoute route, Routing routing) {
        return replies.write(closing, route, routing).thenAccept(delivery -> {
            if (delivery instanceof Undeliverable undeliverable) {
                log.warn("the reply that closes a batch of {} is lost: {}", closing.size(), undeliverable.why());
            }
        });
    }

    /** An answer that the reply topic cannot hold is told to the caller all the same. */
    private CompletableFuture<Delivery> reply(Conclusion conclusion) {
        return replies.write(conclusion)
                .thenCompose(delivery -> delivery instanceof Undeliverable undeliverable && undeliverable.isTooLarge()
                        ? replies.write(conclusion.with(tooLarge(conclusion))).thenApply(ignored -> delivery)
                        : CompletableFuture.completedFuture(delivery));
    }

    private static Outcome tooLarge(Conclusion conclusion) {
        return new Outcome.Failed(new Failure(
                ErrorCode.RESULT_TOO_LARGE,
                "the reply is larger than its topic takes",
                conclusion.outcome() instanceof Outcome.Failed failed
                        ? failed.failure().mayHaveRun()
                        : MayHaveRun.YES,
                false,
                conclusion.outcome().attempts(),
                null));
    }

    private CompletableFuture<Void> keepIfFailed(Conclusion conclusion, Delivery delivery) {
        Origin origin = conclusion.origin();
        if (conclusion.outcome() instanceof Outcome.Failed failed
                && failed.status().leavesDeadLetter()) {
            Failure failure = failed.failure();
            return deadLetters.keep(origin, failure.code(), failure.message(), failure.attempts());
        }
        if (delivery instanceof Undeliverable undeliverable) {
            int attempts = conclusion.outcome().attempts();
            return deadLetters.keep(origin, ErrorCode.REPLY_UNDELIVERABLE, undeliverable.why(), attempts);
        }
        return CompletableFuture.completedFuture(null);
    }
}
