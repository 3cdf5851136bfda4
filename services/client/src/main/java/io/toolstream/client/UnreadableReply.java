package io.toolstream.client;

/** A reply to the call arrived that this version of the library cannot read. The call ended; how, is not known here. */
public final class UnreadableReply extends ToolClientException {
    private static final long serialVersionUID = 1L;

    UnreadableReply(String message) {
        super(message, RetryAdvice.SAME_KEY, null);
    }
}
