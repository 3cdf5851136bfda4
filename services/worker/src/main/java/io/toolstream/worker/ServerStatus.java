package io.toolstream.worker;

import io.toolstream.wire.CatalogueEntry.AtWorker;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Transport;
import io.toolstream.wire.EndpointState;
import java.util.List;

/**
 * One tool server as this worker finds it now.
 *
 * @param condition whether its list of tools could be read the last time, and if not, why
 * @param tools that can be called
 * @param inFlight calls of this worker on it, those that wait for a permit or the next attempt among them
 * @param endpoints health, breaker, connections and round trip of each, in the operator's order
 */
public record ServerStatus(
        String name,
        Transport transport,
        Condition condition,
        int tools,
        long inFlight,
        List<EndpointState> endpoints) {
    public ServerStatus {
        endpoints = List.copyOf(endpoints);
    }

    AtWorker view(String worker, long nowMillis) {
        return new AtWorker(name, worker, inFlight, endpoints, nowMillis);
    }
}
