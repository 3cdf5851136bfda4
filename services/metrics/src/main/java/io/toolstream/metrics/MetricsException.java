package io.toolstream.metrics;

/** The metrics app cannot start; the message says why and what would help. */
public final class MetricsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MetricsException(String message) {
        super(message);
    }

    MetricsException(String message, Throwable cause) {
        super(message, cause);
    }
}
