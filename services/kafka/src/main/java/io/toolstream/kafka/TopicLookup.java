package io.toolstream.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Asks the broker for a topic and then makes the producer know it, without a caller waiting and without the broker making
 * the topic: a producer that is asked for an unknown topic has it made (where the broker does that) and cannot tell "there
 * is none" from "no answer yet". Any
 * thread may ask; completes on the admin client's thread or the executor's.
 */
final class TopicLookup implements PartitionCounts {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long NEXT_LOOK_MILLIS = 2;
    private static final int MAX_AT_ONCE = 1_000;

    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final ScheduledExecutorService executor;
    private final AtomicInteger underWay = new AtomicInteger();

    TopicLookup(Admin admin, Producer<byte[], byte[]> producer, ScheduledExecutorService executor) {
        this.admin = admin;
        this.producer = producer;
        this.executor = executor;
    }

    @Override
    public CompletableFuture<Integer> partitions(String topic) {
        if (underWay.incrementAndGet() > MAX_AT_ONCE) {
            underWay.decrementAndGet();
            return CompletableFuture.failedFuture(
                    PublishErrors.of(topic, new TimeoutException(MAX_AT_ONCE + " topics are being looked up already")));
        }
        CompletableFuture<Integer> known = new CompletableFuture<>();
        describe(topic).whenComplete((description, failure) -> {
            if (failure == null) {
                prime(topic, description.partitions().size(), known, System.nanoTime());
            } else {
                known.completeExceptionally(PublishErrors.of(topic, failure));
            }
        });
        return known.whenComplete((count, failure) -> underWay.decrementAndGet());
    }

    private CompletionStage<TopicDescription> describe(String topic) {
        try {
            DescribeTopicsOptions options = new DescribeTopicsOptions().timeoutMs((int) TIMEOUT.toMillis());
            KafkaFuture<TopicDescription> described = admin.describeTopics(
                            TopicCollection.ofTopicNames(List.of(topic)), options)
                    .topicNameValues()
                    .get(topic);
            return Objects.requireNonNull(described, topic).toCompletionStage();
        } catch (KafkaException | IllegalStateException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** The producer does not wait for an answer either ({@code max.block.ms} is 0): it is asked until it has one. */
    private void prime(String topic, int partitions, CompletableFuture<Integer> known, long sinceNanos) {
        try {
            producer.partitionsFor(topic);
            known.complete(partitions);
        } catch (TimeoutException e) {
            if (System.nanoTime() - sinceNanos > TIMEOUT.toNanos()) {
                known.completeExceptionally(PublishErrors.of(topic, e));
            } else {
                primeLater(topic, partitions, known, sinceNanos);
            }
        } catch (KafkaException | IllegalStateException e) {
            known.completeExceptionally(PublishErrors.of(topic, e));
        }
    }

    private void primeLater(String topic, int partitions, CompletableFuture<Integer> known, long sinceNanos) {
        try {
            var unused = executor.schedule(
                    () -> prime(topic, partitions, known, sinceNanos), NEXT_LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            known.completeExceptionally(PublishErrors.of(topic, e));
        }
    }
}
