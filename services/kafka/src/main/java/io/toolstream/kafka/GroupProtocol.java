package io.toolstream.kafka;

import java.util.Locale;

/** How the members of a consumer group agree on who reads what. */
public enum GroupProtocol {
    /** The members assign among themselves (cooperative, sticky); polls on the thread that calls. */
    CLASSIC,
    /** The broker assigns (KIP-848); the network runs on a thread of the client's own. */
    CONSUMER;

    /** The value of Kafka's {@code group.protocol}. */
    String property() {
        return name().toLowerCase(Locale.ROOT);
    }
}
