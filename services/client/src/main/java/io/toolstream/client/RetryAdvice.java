package io.toolstream.client;

/** What a caller who has no reply may do. */
public enum RetryAdvice {
    /** Nothing was sent: making the call again does no harm. */
    SAFE("nothing was sent, so it may be called again"),
    /** It may be executed: to be called again only under the same idempotency key, or if the tool may run twice. */
    SAME_KEY("it may be executed: call it again only under the same idempotency key, or if the tool may run twice"),
    /** Calling again brings nothing new. */
    NO("calling it again does not help");

    private final String words;

    RetryAdvice(String words) {
        this.words = words;
    }

    /** To end a message with. */
    String words() {
        return words;
    }
}
