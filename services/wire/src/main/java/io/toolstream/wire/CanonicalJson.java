package io.toolstream.wire;

/** The canonical form of a JSON value: members sorted, no whitespace, numbers as written. */
@SuppressWarnings("DoNotCallSuggester") // the bodies are still to come
public final class CanonicalJson {
    private CanonicalJson() {}

    public static RawJson of(RawJson json) {
        throw new UnsupportedOperationException("not yet");
    }
}
