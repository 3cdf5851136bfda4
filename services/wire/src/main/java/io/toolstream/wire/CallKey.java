package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/** The digest of what a call asks for: equal calls have equal keys. 32 bytes, SHA-256. */
@SuppressWarnings("DoNotCallSuggester") // the bodies are still to come
public record CallKey(byte[] sha256) {
    public static CallKey of(@Nullable String tenant, String server, String tool, RawJson arguments) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The digest in lower-case hex. */
    public String hex() {
        throw new UnsupportedOperationException("not yet");
    }
}
