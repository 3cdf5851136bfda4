package io.toolstream.client.deadletters;

import io.toolstream.wire.Call;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplayCodec;
import io.toolstream.wire.ReplayEntry;
import io.toolstream.wire.ReplayEntry.Author;
import io.toolstream.wire.ReplayedCall;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    private final String replays;
    private final ReplayEntry.Planned plan;
    private final Predicate<String> replyTopics;
    private final InstantSource clock;
    private final ReplayCodec codec = new ReplayCodec();
    private final Semaphore room = new Semaphore(AT_A_TIME);
    private final AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();

    Sending(
            Topics topics,
            String replays,
            ReplayEntry.Planned plan,
            Predicate<String> replyTopics,
            InstantSource clock) {
        this.topics = topics;
        this.replays = replays;
        this.plan = plan;
        this.replyTopics = replyTopics;
        this.clock = clock;
    }

    /** Blocks where too many are under way. Returns the new call's id. */
    String send(KeptLetter kept, Call call) throws InterruptedException {
        String letter = kept.position().toString();
        int number = kept.nextNumber();
        String id = ReplayIds.of(letter, number);
        RecordPosition original = kept.letter().original().position();
        int partition = partition(original);
        OutboundRecord record = ReplayedCall.record(kept.letter(), call, change(call, letter, number, id));
        room.acquire();
        CompletionStage<RecordPosition> told = topics.publish(original.topic(), partition, record)
                .thenCompose(position -> tell(letter, number, id, position));
        told.whenComplete((position, failure) -> {
            if (failure != null) {
                failed.compareAndSet(null, failure);
            }
            room.release();
        });
        return id;
    }

    /** The original one, unless the topic was made anew with fewer. */
    private int partition(RecordPosition original) {
        int count = topics.partitions(original.topic())
                .orElseThrow(() -> new DeadLettersException(
                        "the calls came from topic " + original.topic() + ", which is no longer there"));
        return Math.min(original.partition(), count - 1);
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
        ReplayEntry.Sent sent = new ReplayEntry.Sent(plan.plan(), letter, number, id, position, author);
        return topics.publish(replays, 0, codec.encode(sent));
    }

    /** Why something could not be sent; null while all is well. */
    @Nullable
    String trouble() {
        Throwable failure = failed.get();
        return failure == null ? null : Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }

    /** Blocks until nothing is under way. */
    void settle() throws InterruptedException {
        room.acquire(AT_A_TIME);
        room.release(AT_A_TIME);
    }
}
