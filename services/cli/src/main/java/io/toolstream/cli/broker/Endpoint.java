package io.toolstream.cli.broker;

import java.util.Map;

/**
 * The pipeline a command talks to.
 *
 * @param origin who said so, for messages
 * @param properties Kafka's own client properties, from the settings
 */
public record Endpoint(String bootstrapServers, String origin, String topicPrefix, Map<String, String> properties) {
    public Endpoint {
        properties = Map.copyOf(properties);
    }

    /** Without the values of the properties, which may be secret. */
    @Override
    public String toString() {
        return bootstrapServers + " (" + origin + ")";
    }
}
