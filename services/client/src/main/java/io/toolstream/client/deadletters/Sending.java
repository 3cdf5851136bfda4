package io.toolstream.client.deadletters;

import io.toolstream.wire.Call;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplayEntry;
import io.toolstream.wire.ReplayEntry.Author;
import io.toolstream.wire.ReplayedCall;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls of dead letters, and tells of each on the replays topic once it is acknowledged; so many at a time. One thread
 * sends; acknowledgements come on the producer's.
 */
final class Sending {
    private static final int AT_A_TIME = 100;

    private final Topics topics;
    private final ReplaysTopic replays;
    private final Destinations destinations;
    private final ReplayEntry.Planned plan;
    private final Predicate<String> replyTopics;
    private final InstantSource clock;
    private final Semaphore room = new Semaphore(AT_A_TIME);
    private final Queue<Unsent> unsent = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Throwable> untold = new AtomicReference<>();

    Sending(
            Replay.Surroundings surroundings,
            Destinations destinations,
            ReplayEntry.Planned plan,
            Predicate<String> replyTopics) {
        this.topics = surroundings.topics();
        this.replays = new ReplaysTopic(topics, surroundings.names());
        this.destinations = destinations;
        this.plan = plan;
        this.replyTopics = replyTopics;
        this.clock = surroundings.clock();
    }

    /** A call that was not acknowledged. */
    record Unsent(KeptLetter letter, Call call, Throwable failure) {
        String topic() {
            return letter.letter().original().position().topic();
        }
    }

    /** Blocks where too many are under way. Returns the new call's id. */
    String send(KeptLetter kept, Call call) throws InterruptedException {
        String letter = kept.position().toString();
        int number = kept.nextNumber();
        String id = ReplayIds.of(letter, number);
        RecordPosition original = kept.letter().original().position();
        int partition = destinations.partition(original.topic(), original.partition());
        OutboundRecord record = ReplayedCall.record(kept.letter(), call, change(call, letter, number, id));
        room.acquire();
        CompletableFuture<RecordPosition> sent = topics.publish(original.topic(), partition, record);
        CompletionStage<RecordPosition> told = sent.thenCompose(position -> tell(letter, number, id, position));
        told.whenComplete((position, failure) -> {
            if (failure != null && sent.isCompletedExceptionally()) {
                unsent.add(new Unsent(kept, call, DeadLettersException.unwrapped(failure)));
            } else if (failure != null) {
                untold.compareAndSet(null, DeadLettersException.unwrapped(failure));
            }
            room.release();
        });
        return id;
    }

    private ReplayedCall.Change change(Call call, String letter, int number, String id) {
        String replyTopic = call.route().topic();
        return new ReplayedCall.Change(
                letter,
                number,
                id,
                clock.millis() + plan.terms().timeoutMillis(),
                plan.terms().arguments(),
                replyTopic == null || replyTopics.test(replyTopic));
    }

    private CompletableFuture<RecordPosition> tell(String letter, int number, String id, RecordPosition position) {
        Author author = new Author(plan.author().by(), clock.millis(), null);
        return replays.publish(new ReplayEntry.Sent(plan.plan(), letter, number, id, position, author));
    }

    /** The next call that was not acknowledged; null where there is none by now. */
    @Nullable
    Unsent nextUnsent() {
        return unsent.poll();
    }

    /** Why something that was sent could not be told of; null while all is well. */
    @Nullable
    String trouble() {
        Throwable failure = untold.get();
        return failure == null ? null : Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }

    /** Blocks until nothing is under way. */
    void settle() throws InterruptedException {
        room.acquire(AT_A_TIME);
        room.release(AT_A_TIME);
    }
}
