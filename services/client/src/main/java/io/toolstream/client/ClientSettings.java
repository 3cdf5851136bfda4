package io.toolstream.client;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.wire.TopicNames;
import java.time.Duration;
import java.util.Map;

/**
 * What a client is told once. Immutable: every {@code with} method returns a changed copy.
 *
 * @param kafka where the brokers are, and properties for every Kafka client that is made of it
 * @param topics how the pipeline's topics are named, by their prefix
 * @param replyTopic the topic replies are asked for on; workers must allow it
 * @param flow how many calls it takes on at the same time
 * @param defaultTimeout for calls that set none
 * @param replyGrace how much longer than its time-out a call is waited for, so that a worker can still say how it ended
 */
public record ClientSettings(
        KafkaConnection kafka,
        TopicNames topics,
        String replyTopic,
        FlowLimits flow,
        Duration defaultTimeout,
        Duration replyGrace) {
    public ClientSettings {
        if (defaultTimeout.isZero() || defaultTimeout.isNegative()) {
            throw new IllegalArgumentException("defaultTimeout must be positive: " + defaultTimeout);
        }
        if (replyGrace.isNegative()) {
            throw new IllegalArgumentException("replyGrace must not be negative: " + replyGrace);
        }
    }

    /** The defaults: topics below {@code toolstream.}, 1,000 in flight and nobody waiting, 30 s and a grace of 1 s. */
    public static ClientSettings of(String bootstrapServers) {
        return of(new KafkaConnection(bootstrapServers, "toolstream-client", Map.of()), TopicNames.DEFAULT);
    }

    /** The same defaults, over a connection with properties of its own (TLS, SASL, {@code client.id}) and other topics. */
    public static ClientSettings of(KafkaConnection kafka, TopicNames topics) {
        return new ClientSettings(
                kafka, topics, topics.replies(), FlowLimits.DEFAULT, Duration.ofSeconds(30), Duration.ofSeconds(1));
    }

    /** So many calls in flight; one more fails at once with {@link TooManyInFlight}. */
    public ClientSettings withMaxInFlight(int limit) {
        return withFlow(new FlowLimits(limit, flow.waiting()));
    }

    /** So many calls more wait for a place, each for as long as its time-out allows. */
    public ClientSettings withMaxWaiting(int limit) {
        return withFlow(new FlowLimits(flow.inFlight(), limit));
    }

    /** Both bounds at once. */
    public ClientSettings withFlow(FlowLimits limits) {
        return new ClientSettings(kafka, topics, replyTopic, limits, defaultTimeout, replyGrace);
    }

    /** For calls that set none. */
    public ClientSettings withDefaultTimeout(Duration timeout) {
        return new ClientSettings(kafka, topics, replyTopic, flow, timeout, replyGrace);
    }

    /** Another topic for replies: it must be there, and workers must allow it ({@code topics.replyTopics}). */
    public ClientSettings withReplyTopic(String topic) {
        return new ClientSettings(kafka, topics, topic, flow, defaultTimeout, replyGrace);
    }

    /** How much longer than its time-out a call is waited for; 0: not at all. */
    public ClientSettings withReplyGrace(Duration grace) {
        return new ClientSettings(kafka, topics, replyTopic, flow, defaultTimeout, grace);
    }
}
