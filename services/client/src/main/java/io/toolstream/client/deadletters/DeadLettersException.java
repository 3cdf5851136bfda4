package io.toolstream.client.deadletters;

import java.util.concurrent.CompletionException;

/** Dead letters cannot be read or sent again: the broker, a topic, or what was asked for. The message is fit for people. */
public final class DeadLettersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeadLettersException(String message) {
        super(message);
    }

    private DeadLettersException(String message, Throwable cause) {
        super(message, cause);
    }

    static DeadLettersException of(String what, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return new DeadLettersException(what + ": " + cause.getMessage(), cause);
    }
}
