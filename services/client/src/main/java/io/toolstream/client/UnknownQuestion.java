package io.toolstream.client;

/** The call that a reply {@code input_required} belongs to is not, or no longer, known to this client. Nothing was sent. */
public final class UnknownQuestion extends ToolClientException {
    private static final long serialVersionUID = 1L;

    UnknownQuestion(String id) {
        super(
                "call " + id + " is not among those whose questions this client remembers"
                        + " (the latest, each once); resend it with the call itself",
                RetryAdvice.NO,
                null);
    }
}
