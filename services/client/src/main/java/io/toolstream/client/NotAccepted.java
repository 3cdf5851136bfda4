package io.toolstream.client;

import io.toolstream.kafka.PublishException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The broker did not acknowledge the call, so nothing was promised. Where {@link #mayBeWritten()} it can have reached the
 * topic all the same (its acknowledgement was lost) and may be executed: repeat it under the same idempotency key. A call
 * that is too large for the producer or the topic stays so: the advice is {@link RetryAdvice#NO}.
 */
public final class NotAccepted extends ToolClientException {
    private static final long serialVersionUID = 1L;

    private final boolean mayBeWritten;

    NotAccepted(String message, RetryAdvice advice, @Nullable Throwable cause) {
        super(message, advice, cause);
        this.mayBeWritten = advice == RetryAdvice.SAME_KEY;
    }

    static NotAccepted of(String topic, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        RetryAdvice advice = cause instanceof PublishException publish ? advice(publish.kind()) : RetryAdvice.SAFE;
        return new NotAccepted("not accepted by " + topic + ": " + cause.getMessage(), advice, cause);
    }

    private static RetryAdvice advice(PublishException.Kind kind) {
        return switch (kind) {
            case TRANSIENT -> RetryAdvice.SAME_KEY;
            case TOO_LARGE -> RetryAdvice.NO;
            case DESTINATION, FATAL -> RetryAdvice.SAFE;
        };
    }

    /** False: it is certain that the call is on no topic. */
    public boolean mayBeWritten() {
        return mayBeWritten;
    }
}
