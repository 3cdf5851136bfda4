package io.toolstream.embedded.broker;

import org.jspecify.annotations.Nullable;

/** Says that the in-process broker could not start, or stopped by itself, and what can be done about it. */
public final class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerException(String message) {
        super(message);
    }

    BrokerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
