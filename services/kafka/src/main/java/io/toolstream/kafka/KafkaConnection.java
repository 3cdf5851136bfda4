package io.toolstream.kafka;

import java.util.HashMap;
import java.util.Map;

/**
 * Where the brokers are and how to speak to them: what every client of one process shares.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param clientId begins the {@code client.id} of every client; seen in the broker's logs and quotas
 * @param properties further client properties (security, sockets), by Kafka's own names; they win over the module's
 *     own choices, except for those its promises rest on
 */
public record KafkaConnection(String bootstrapServers, String clientId, Map<String, String> properties) {
    public KafkaConnection {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("bootstrapServers is blank, expected host:port[,host:port…]");
        }
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("clientId is blank");
        }
        properties = Map.copyOf(properties);
    }

    /** The same for a part of the process, which its clients name in their {@code client.id}. */
    public KafkaConnection as(String part) {
        return new KafkaConnection(bootstrapServers, clientId + "-" + part, properties);
    }

    /**
     * Properties of one client: {@code defaults}, then this connection's properties, then {@code fixed}, which nobody
     * overrides.
     *
     * @param role ends the {@code client.id}
     */
    Map<String, Object> clientProperties(String role, Map<String, ?> defaults, Map<String, ?> fixed) {
        Map<String, Object> merged = new HashMap<>(defaults);
        merged.put("enable.metrics.push", "false");
        merged.put("metric.reporters", ""); // some hundred beans per client, and clashes of names, for nobody to read
        merged.putAll(properties);
        merged.putAll(fixed);
        merged.put("bootstrap.servers", bootstrapServers);
        merged.put("client.id", clientId + "-" + role);
        return merged;
    }

    /** Names the properties only: their values may be secrets. */
    @Override
    public String toString() {
        return "KafkaConnection[" + bootstrapServers + ", clientId=" + clientId + ", properties=" + properties.keySet()
                + "]";
    }
}
