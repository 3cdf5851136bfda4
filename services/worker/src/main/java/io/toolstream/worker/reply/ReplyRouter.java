package io.toolstream.worker.reply;

import io.toolstream.kafka.PartitionCounts;
import io.toolstream.kafka.PublishException;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Refusal;
import io.toolstream.wire.ReplyRoute;
import io.toolstream.wire.TopicNames;
import io.toolstream.worker.invoke.Quoted;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a reply goes, before anything is executed: only to a topic that is permitted, exists and has the
 * partition asked for. Headers are claims: a worker that wrote wherever they say could be made to write into offsets,
 * calls or the replies of others.
 */
public final class ReplyRouter {
    private final String defaultTopic;
    private final ReplyTopicRule rule;
    private final PartitionCounts partitions;
    private final Persistence persistence;

    public ReplyRouter(TopicNames ours, List<String> allowed, PartitionCounts partitions, Persistence persistence) {
        this.defaultTopic = ours.replies();
        this.rule = new ReplyTopicRule(ours, allowed);
        this.partitions = partitions;
        this.persistence = persistence;
    }

    /**
     * Completes at once for the default topic without a partition and for topics seen before, else when the broker has been
     * asked. Exceptionally only if the worker's own client is broken.
     */
    public CompletableFuture<Routing> route(ReplyRoute route) {
        String topic = route.topic() == null ? defaultTopic : route.topic();
        if (!rule.permits(topic)) {
            return CompletableFuture.completedFuture(forbidden("reply topic " + Quoted.of(topic)
                    + " is not permitted; expected " + defaultTopic + " or one of the settings' topics.replyTopics"));
        }
        if (topic.equals(defaultTopic) && route.partition() == null) {
            return CompletableFuture.completedFuture(new Routing.Permitted(new Destination(topic, null)));
        }
        return persistence
                .persist(() -> "look up " + topic, () -> partitions.partitions(topic))
                .thenApply(count -> inRange(topic, route.partition(), count))
                .exceptionally(failure -> missing(topic, failure));
    }

    private static Routing inRange(String topic, @Nullable Integer partition, int count) {
        if (partition != null && (partition < 0 || partition >= count)) {
            return forbidden(
                    "reply partition " + partition + " of " + topic + " does not exist; expected 0 to " + (count - 1));
        }
        return new Routing.Permitted(new Destination(topic, partition));
    }

    private static Routing missing(String topic, Throwable failure) {
        PublishException cause = Persistence.publishException(failure);
        if (cause.kind() == PublishException.Kind.DESTINATION) {
            return forbidden("reply topic " + topic + " does not exist or may not be used by this worker");
        }
        throw cause;
    }

    private static Routing forbidden(String message) {
        return new Routing.Forbidden(new Refusal(ErrorCode.REPLY_ROUTE_FORBIDDEN, message));
    }
}
