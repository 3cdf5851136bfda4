package io.toolstream.client;

/** The reply topic cannot be looked through: its broker is away, or there is no such topic. Nothing was sent. */
public final class RepliesUnavailable extends ToolClientException {
    private static final long serialVersionUID = 1L;

    RepliesUnavailable(RuntimeException cause) {
        super(String.valueOf(cause.getMessage()), RetryAdvice.SAFE, cause);
    }
}
