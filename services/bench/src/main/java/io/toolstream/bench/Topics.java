package io.toolstream.bench;

import io.toolstream.bench.contender.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Makes the topics of a bare route. */
final class Topics {
    private Topics() {}

    static void create(Route route, int partitions) throws InterruptedException {
        List<NewTopic> topics = List.of(topic(route.calls(), partitions), topic(route.replies(), partitions));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", route.bootstrapServers()))) {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("topics of " + route.calls() + " could not be made", e);
        }
    }

    private static NewTopic topic(String name, int partitions) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty());
    }
}
