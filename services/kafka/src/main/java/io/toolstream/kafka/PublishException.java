package io.toolstream.kafka;

import org.jspecify.annotations.Nullable;

/** A record that could not be produced. */
public final class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public PublishException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What to do about it. */
    public enum Kind {
        /** The topic does not exist, is not writable for us, or has not that many partitions. */
        DESTINATION,
        /** The record is larger than producer, topic or broker take. */
        TOO_LARGE,
        /** The broker could not be reached in time, or the buffer is full: may succeed later. */
        TRANSIENT,
        /** The producer is closed or broken for good. */
        FATAL
    }
}
