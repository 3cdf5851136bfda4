package io.toolstream.settings;

import java.util.Optional;

/** Which of Kafka's own client properties may be set. */
final class KafkaProperties {
    private KafkaProperties() {}

    /** Why this property is refused; empty if it may be set. */
    static Optional<String> problem(String name, String value) {
        return name.isBlank() || value.isBlank() ? Optional.of("must not be empty") : Optional.empty();
    }
}
