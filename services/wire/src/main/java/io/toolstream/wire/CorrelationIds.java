package io.toolstream.wire;

/** Correlation ids as text, for JSON and for eyes. */
@SuppressWarnings("DoNotCallSuggester") // the bodies are still to come
public final class CorrelationIds {
    private CorrelationIds() {}

    /** The bytes read as UTF-8 where they are that, else {@code base64:…}. */
    public static String text(byte[] correlationId) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The bytes that {@link #text} was made from. */
    public static byte[] bytes(String text) {
        throw new UnsupportedOperationException("not yet");
    }
}
