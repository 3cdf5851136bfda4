package io.toolstream.worker.mcp;

import java.util.Map;
import java.util.Optional;

/** The ways to all tool servers, by their names; replaced as a whole. Any thread. */
public final class Routes {
    private volatile Map<String, Route> table = Map.of();

    public Routes() {}

    public Routes(Map<String, Route> first) {
        replace(first);
    }

    /** Empty for a server that is not configured. */
    public Optional<Route> to(String server) {
        return Optional.ofNullable(table.get(server));
    }

    /** What comes from now on goes these ways. A route that is left out may be retired from now on, not earlier. */
    public void replace(Map<String, Route> others) {
        table = Map.copyOf(others);
    }

    @Override
    public String toString() {
        return table.keySet().toString();
    }
}
