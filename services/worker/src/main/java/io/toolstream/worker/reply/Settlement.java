package io.toolstream.worker.reply;

import io.toolstream.kafka.PartitionCounts;
import io.toolstream.settings.WorkerSettings;
import io.toolstream.wire.BatchReply;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.ReplyRoute;
import io.toolstream.wire.Status;
import io.toolstream.wire.Timings;
import io.toolstream.wire.TopicNames;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Origin;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.reply.Delivery.Delivered;
import io.toolstream.worker.reply.Delivery.Undeliverable;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
    private final @Nullable EventLanes journal;
    private final EventComposer events;

    private Settlement(
            ReplyWriter replies, DeadLetters deadLetters, @Nullable EventLanes journal, EventComposer events) {
        this.replies = replies;
        this.deadLetters = deadLetters;
        this.journal = journal;
        this.events = events;
    }

    /**
     * What leads out of the worker.
     *
     * @param toCallers for replies; gives up on topics that are not there
     * @param toOurs for dead letters and events; does not give up
     * @param counts how many partitions the events topic has
     */
    public record Outlets(ReplyPublishers toCallers, PersistentPublisher toOurs, PartitionCounts counts) {
        private EventLanes events(String topic) {
            return new EventLanes(
                    toOurs,
                    topic,
                    () -> toOurs.persistence().persist(() -> "look up " + topic, () -> counts.partitions(topic)));
        }
    }

    /** Builds the way out of the worker. */
    public static Settlement of(
            Outlets outlets, ReplyCodec codec, TopicNames topics, WorkerSettings worker, InstantSource clock) {
        return new Settlement(
                new ReplyWriter(new ReplyComposer(worker.id()), codec, outlets.toCallers()),
                new DeadLetters(outlets.toOurs(), topics.deadLetters(), worker.group(), clock),
                outlets.events(topics.events()),
                new EventComposer(worker.id(), clock));
    }

    /**
     * What the caller of this invocation is told while it runs. End it before the call is settled.
     *
     * @param timings of the call so far
     */
    public CallUpdates updates(Invocation invocation, Destination destination, Supplier<Timings> timings) {
        Caller caller = Caller.of(invocation.call());
        return new CallUpdates(
                meta -> replies.write(caller, invocation.tool(), timings.get(), meta, destination), System::nanoTime);
    }

    /** The same that tells nobody of what happened: to see what events cost. */
    public Settlement withoutEvents() {
        return new Settlement(replies, deadLetters, null, events);
    }

    /** The status is the one that was told, which is another than the outcome's where its reply was too large. */
    public CompletableFuture<Status> settle(Conclusion conclusion) {
        return reply(conclusion).thenCompose(told -> {
            Optional<CompletableFuture<Void>> kept = keepIfFailed(conclusion, told.delivery());
            CompletableFuture<Void> event = tell(told, kept.isPresent());
            return kept.map(letter -> CompletableFuture.allOf(letter, event))
                    .orElse(event)
                    .thenApply(written -> told.as().outcome().status());
        });
    }

    private CompletableFuture<Void> tell(Told told, boolean hasDeadLetter) {
        return journal == null
                ? CompletableFuture.completedFuture(null)
                : journal.append(events.event(told.as(), told.isReplied(), hasDeadLetter));
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
    private CompletableFuture<Told> reply(Conclusion conclusion) {
        return replies.write(conclusion)
                .thenCompose(delivery -> delivery instanceof Undeliverable undeliverable && undeliverable.isTooLarge()
                        ? replyInstead(conclusion.lean(tooLarge(conclusion)), delivery)
                        : CompletableFuture.completedFuture(
                                new Told(conclusion, delivery, delivery instanceof Delivered)));
    }

    private CompletableFuture<Told> replyInstead(Conclusion other, Delivery first) {
        return replies.write(other).thenApply(second -> new Told(other, first, second instanceof Delivered));
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

    /** Empty where nothing is kept. */
    private Optional<CompletableFuture<Void>> keepIfFailed(Conclusion conclusion, Delivery delivery) {
        Origin origin = conclusion.origin();
        String tenant = conclusion.caller().context().tenant();
        if (conclusion.outcome() instanceof Outcome.Failed failed
                && failed.status().leavesDeadLetter()) {
            Failure failure = failed.failure();
            return Optional.of(deadLetters.keep(origin, tenant, failure.code(), failure.message(), failure.attempts()));
        }
        if (delivery instanceof Undeliverable undeliverable) {
            int attempts = conclusion.outcome().attempts();
            return Optional.of(
                    deadLetters.keep(origin, tenant, ErrorCode.REPLY_UNDELIVERABLE, undeliverable.why(), attempts));
        }
        return Optional.empty();
    }

    /**
     * What the caller was told.
     *
     * @param delivery of the answer itself
     * @param isReplied whether it was told anything
     */
    private record Told(Conclusion as, Delivery delivery, boolean isReplied) {}
}
