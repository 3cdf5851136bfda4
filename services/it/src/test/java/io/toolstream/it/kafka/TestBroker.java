package io.toolstream.it.kafka;

import io.toolstream.embedded.broker.BrokerSettings;
import io.toolstream.embedded.broker.EmbeddedBroker;

/** A broker that tests share: one node with one replica, empty at its start, gone after its close. Both may block. */
interface TestBroker extends AutoCloseable {
    String bootstrapServers();

    @Override
    void close();

    /** One in this process. */
    static TestBroker inProcess() {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.temporary());
        return new TestBroker() {
            @Override
            public String bootstrapServers() {
                return broker.bootstrapServers();
            }

            @Override
            public void close() {
                broker.close();
            }
        };
    }
}
