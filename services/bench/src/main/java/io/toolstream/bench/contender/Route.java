package io.toolstream.bench.contender;

import java.util.HashMap;
import java.util.Map;

/**
 * The way of one contender's records: topics of its own, laid out as everybody's.
 *
 * @param prefix of the names of its topics
 * @param clientProperties of every Kafka client on it, by Kafka's own names
 */
public record Route(String bootstrapServers, String prefix, Map<String, String> clientProperties) {
    private static final String CLIENT = "client.";

    public Route {
        clientProperties = Map.copyOf(clientProperties);
    }

    public String calls() {
        return prefix + "calls";
    }

    public String replies() {
        return prefix + "replies";
    }

    /** For a part that may start in another process. */
    public Map<String, String> toMap() {
        Map<String, String> map = new HashMap<>();
        clientProperties.forEach((name, value) -> map.put(CLIENT + name, value));
        map.put("bootstrapServers", bootstrapServers);
        map.put("prefix", prefix);
        return map;
    }

    static Route of(Map<String, String> map) {
        Map<String, String> properties = new HashMap<>();
        map.forEach((name, value) -> {
            if (name.startsWith(CLIENT)) {
                properties.put(name.substring(CLIENT.length()), value);
            }
        });
        return new Route(setting(map, "bootstrapServers"), setting(map, "prefix"), properties);
    }

    static String setting(Map<String, String> map, String name) {
        String value = map.get(name);
        if (value == null) {
            throw new IllegalArgumentException("setting '" + name + "' is missing");
        }
        return value;
    }
}
