package io.toolstream.kafka;

import io.toolstream.kafka.TopicProblem.Kind;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks an admin client and waits for the answers. What the broker refuses for one topic becomes a problem of that topic;
 * what it cannot answer at all is a {@link BrokerUnavailableException}.
 */
final class TopicQueries {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Admin admin;

    TopicQueries(Admin admin) {
        this.admin = admin;
    }

    /** Those that there are, by name. */
    Map<String, TopicDescription> describe(Collection<String> topics, List<TopicProblem> problems) {
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(TopicCollection.ofTopicNames(topics))
                .topicNameValues()
                .forEach((topic, future) -> {
                    TopicDescription description = await(topic, future, "described", problems);
                    if (description != null) {
                        found.put(topic, description);
                    }
                });
        return found;
    }

    void create(List<TopicSpec> specs, List<TopicProblem> problems) {
        List<NewTopic> topics = specs.stream()
                .map(spec -> new NewTopic(spec.name(), spec.partitions(), (short) spec.replication())
                        .configs(spec.configs()))
                .toList();
        admin.createTopics(topics).values().forEach((topic, future) -> await(topic, future, "made", problems));
    }

    Map<String, Map<String, String>> configs(List<String> topics, List<TopicProblem> problems) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<String, Map<String, String>> found = new HashMap<>();
        admin.describeConfigs(resources).values().forEach((resource, future) -> {
            Config config = await(resource.name(), future, "configs readable", problems);
            if (config != null) {
                found.put(resource.name(), values(config));
            }
        });
        return found;
    }

    /** Null if there is no such topic, or there is one already, or the broker refused. */
    private static <T> @Nullable T await(
            String topic, KafkaFuture<T> future, String needed, List<TopicProblem> problems) {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("interrupted while asking for topic " + topic, e);
        } catch (TimeoutException e) {
            throw unavailable(topic, e);
        } catch (ExecutionException e) {
            Throwable refusal = e.getCause();
            if (refusal instanceof UnknownTopicOrPartitionException || refusal instanceof TopicExistsException) {
                return null;
            }
            if (!(refusal instanceof ApiException)
                    || refusal instanceof RetriableException
                    || refusal instanceof AuthenticationException) {
                throw unavailable(topic, refusal == null ? e : refusal);
            }
            String actual = refusal.getClass().getSimpleName() + ": " + refusal.getMessage();
            problems.add(new TopicProblem(topic, Kind.REFUSED, "topic", needed, actual));
            return null;
        }
    }

    private static BrokerUnavailableException unavailable(String topic, Throwable cause) {
        String why = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return new BrokerUnavailableException("the brokers cannot be asked for topic " + topic + ": " + why, cause);
    }

    private static Map<String, String> values(Config config) {
        Map<String, String> values = new HashMap<>();
        for (ConfigEntry entry : config.entries()) {
            String value = entry.value();
            if (value != null) {
                values.put(entry.name(), value);
            }
        }
        return values;
    }
}
