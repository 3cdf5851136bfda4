package io.toolstream.client;

import io.toolstream.kafka.PublishException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The broker did not acknowledge the call, so nothing was promised. Where {@link #mayBeWritten()} it can have reached the
 * topic all the same (its acknowledgement was lost) and may be executed: repeat it under the same idempotency key.
 */
public final class NotAccepted extends ToolClientException {
    private static final long serialVersionUID = 1L;

    private final boolean mayBeWritten;

    NotAccepted(String message, boolean mayBeWritten, @Nullable Throwable cause) {
        super(message, mayBeWritten ? RetryAdvice.SAME_KEY : RetryAdvice.SAFE, cause);
        this.mayBeWritten = mayBeWritten;
    }

    static NotAccepted of(String topic, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean isTransient =
                cause instanceof PublishException publish && publish.kind() == PublishException.Kind.TRANSIENT;
        return new NotAccepted("not accepted by " + topic + ": " + cause.getMessage(), isTransient, cause);
    }

    /** False: it is certain that the call is on no topic. */
    public boolean mayBeWritten() {
        return mayBeWritten;
    }
}
