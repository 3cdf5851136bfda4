package io.toolstream.it.guarantee;

import io.toolstream.embedded.broker.BrokerSettings;
import io.toolstream.embedded.broker.EmbeddedBroker;
import java.nio.file.Path;

/** A broker on a directory and a port that stay the same. */
final class BrokerProgram {
    private BrokerProgram() {}

    /** Arguments: directory, port. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        EmbeddedBroker broker =
                EmbeddedBroker.start(BrokerSettings.at(Path.of(arguments[0])).withPort(port));
        if (broker.port() != port) {
            throw new IllegalStateException("port " + port + " is taken");
        }
        System.out.println(Program.READY);
        broker.terminated().join();
    }
}
