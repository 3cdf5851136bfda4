package io.toolstream.embedded.broker;

import java.nio.file.Path;

/** A broker in a process of its own that is killed as soon as it has acknowledged two records. */
final class BrokerChild {
    private BrokerChild() {}

    public static void main(String... arguments) {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.at(Path.of(arguments[0])));
        BrokerProbe probe = new BrokerProbe(broker.bootstrapServers());
        probe.createTopic("calls");
        probe.produce("calls", "a", "b");
        System.out.println("produced");
        System.out.flush();
        Runtime.getRuntime().halt(9);
    }
}
