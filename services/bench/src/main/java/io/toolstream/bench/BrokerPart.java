package io.toolstream.bench;

import io.toolstream.bench.place.Part;
import io.toolstream.embedded.broker.BrokerSettings;
import io.toolstream.embedded.broker.EmbeddedBroker;
import java.util.Map;

/** The bench's own broker as a part: one node, one replica, a directory that goes away. Fact: {@code bootstrapServers}. */
final class BrokerPart implements Part {
    private final EmbeddedBroker broker;

    private BrokerPart(EmbeddedBroker broker) {
        this.broker = broker;
    }

    static BrokerPart start(Map<String, String> settings) {
        return new BrokerPart(EmbeddedBroker.start(BrokerSettings.temporary()));
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("bootstrapServers", broker.bootstrapServers());
    }

    @Override
    public void close() {
        broker.close();
    }
}
