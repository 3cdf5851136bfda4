package io.toolstream.runtime.tracing;

import java.util.Map;

/**
 * What is known of a span when it begins.
 *
 * @param attributes texts and whole numbers
 */
public record SpanStart(Kind kind, String name, Map<String, Object> attributes) {
    public SpanStart {
        attributes = Map.copyOf(attributes);
    }

    /** What the process does in it. */
    public enum Kind {
        /** Sends a message. */
        PRODUCER,
        /** Handles a message; linked to whoever sent it. */
        CONSUMER,
        /** Asks somebody else and waits for the answer. */
        CLIENT
    }
}
