package io.toolstream.client.deadletters;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters cannot be read or sent again: the broker, a topic, or what was asked for. The message is fit for people. Calling
 * again does no harm: what a replay had sent by then is known to the next.
 */
public final class DeadLettersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isMissing;

    DeadLettersException(String message) {
        this(message, null, false);
    }

    private DeadLettersException(String message, @Nullable Throwable cause, boolean isMissing) {
        super(message, cause);
        this.isMissing = isMissing;
    }

    /** What was asked for by its name is not there. */
    static DeadLettersException missing(String message) {
        return new DeadLettersException(message, null, true);
    }

    /** Whether all can be reached, and only what was asked for by its name is not there. */
    public boolean isMissing() {
        return isMissing;
    }

    static DeadLettersException of(String what, Throwable failure) {
        Throwable cause = unwrapped(failure);
        return new DeadLettersException(what + ": " + cause.getMessage(), cause, false);
    }

    /** What failed itself, of what a future says. */
    static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
