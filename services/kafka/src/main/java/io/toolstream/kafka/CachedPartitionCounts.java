package io.toolstream.kafka;

import io.toolstream.kafka.PublishException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers answers: a good one for a minute, after which it is checked while it still counts; a bad one for a second, so
 * that callers who keep naming a topic that does not exist cost little. Any thread; never blocks.
 */
final class CachedPartitionCounts implements PartitionCounts {
    private static final long GOOD_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long BAD_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int TOPICS = 1_000;

    private final PartitionCounts broker;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<String, Answer> answers = new ConcurrentHashMap<>();

    CachedPartitionCounts(PartitionCounts broker, LongSupplier nanoTime) {
        this.broker = broker;
        this.nanoTime = nanoTime;
    }

    /** Not a copy: for readers within this package. */
    @Override
    public CompletableFuture<Integer> partitions(String topic) {
        Answer answer = answers.get(topic);
        return answer != null && !isOld(answer) ? answer.count : renew(topic, answer);
    }

    /** The topic is no longer what it was: asks again at the next use. */
    void forget(String topic) {
        answers.remove(topic);
    }

    int size() {
        return answers.size();
    }

    private boolean isOld(Answer answer) {
        long age = nanoTime.getAsLong() - answer.askedNanos;
        return answer.count.isDone() && age > (answer.count.isCompletedExceptionally() ? BAD_NANOS : GOOD_NANOS);
    }

    private CompletableFuture<Integer> renew(String topic, @Nullable Answer old) {
        if (old != null && !old.count.isCompletedExceptionally()) {
            return renewGood(topic, old);
        }
        Answer renewed = new Answer(new CompletableFuture<>(), nanoTime.getAsLong());
        if (!replace(topic, old, renewed)) {
            return partitions(topic); // somebody else was quicker
        }
        CompletionStage<Integer> asked = broker.partitions(topic);
        asked.whenComplete((partitions, failure) -> settle(renewed.count, partitions, failure));
        return renewed.count;
    }

    private CompletableFuture<Integer> renewGood(String topic, Answer old) {
        Answer renewed = new Answer(old.count, nanoTime.getAsLong());
        if (replace(topic, old, renewed)) {
            CompletionStage<Integer> asked = broker.partitions(topic);
            asked.whenComplete((partitions, failure) -> check(topic, renewed, partitions, failure));
        }
        return old.count;
    }

    private boolean replace(String topic, @Nullable Answer old, Answer renewed) {
        if (old != null) {
            return answers.replace(topic, old, renewed);
        }
        if (answers.size() >= TOPICS) {
            answers.values().removeIf(this::isOld);
        }
        return answers.putIfAbsent(topic, renewed) == null;
    }

    /** A broker that cannot be asked right now leaves the old answer as it is. */
    private void check(String topic, Answer old, @Nullable Integer partitions, @Nullable Throwable failure) {
        boolean isAnswer = failure == null || PublishErrors.of(topic, failure).kind() == Kind.DESTINATION;
        if (isAnswer) {
            CompletableFuture<Integer> count = new CompletableFuture<>();
            settle(count, partitions, failure);
            answers.replace(topic, old, new Answer(count, old.askedNanos));
        }
    }

    private static void settle(
            CompletableFuture<Integer> count, @Nullable Integer partitions, @Nullable Throwable failure) {
        if (failure != null) {
            count.completeExceptionally(failure);
        } else {
            count.complete(partitions);
        }
    }

    private record Answer(CompletableFuture<Integer> count, long askedNanos) {}
}
