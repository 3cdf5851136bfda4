package io.toolstream.settings;

import io.toolstream.settings.source.Pointers;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers {@code host:port}, separated by commas
 * @param clientId first part of every client's {@code client.id}
 * @param client properties under Kafka's own names, passed on untouched; only those of the allow-list
 */
public record KafkaSettings(String bootstrapServers, String clientId, Map<String, String> client) {
    public static final KafkaSettings DEFAULT = new KafkaSettings("localhost:9092", "toolstream", Map.of());

    public KafkaSettings {
        client = Map.copyOf(client);
        Rules rules = new Rules().notBlank("bootstrapServers", bootstrapServers).notBlank("clientId", clientId);
        new TreeMap<>(client)
                .forEach((name, value) -> KafkaProperties.problem(name, value)
                        .ifPresent(problem -> rules.check(false, "client" + Pointers.child("", name), problem)));
        rules.enforce();
    }

    /** Without the values of the client properties, which may be secret. */
    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers + ", " + clientId + ", " + new TreeMap<>(client).keySet() + "]";
    }
}
