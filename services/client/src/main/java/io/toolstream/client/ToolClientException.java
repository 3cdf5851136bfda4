package io.toolstream.client;

import org.jspecify.annotations.Nullable;

/**
 * Why a call has no reply. A call that ended badly but was answered is no exception: its {@code Reply} says how it ended.
 * Cheap: carries no stack trace of its own, since it is made on the client's threads.
 */
public abstract sealed class ToolClientException extends RuntimeException
        permits CallTimedOut,
                ClientClosed,
                NotAccepted,
                RepliesUnavailable,
                TooManyInFlight,
                UnknownQuestion,
                UnreadableReply {
    private static final long serialVersionUID = 1L;

    private final RetryAdvice advice;

    ToolClientException(String message, RetryAdvice advice, @Nullable Throwable cause) {
        super(message + "; " + advice.words(), cause, true, false);
        this.advice = advice;
    }

    /** Whether calling again may harm, as the message says in words. */
    public RetryAdvice advice() {
        return advice;
    }
}
