package io.toolstream.wire;

/**
 * Writes and reads records of the compacted catalogue topic: the key is {@code ["server"]} or {@code ["server","tool"]}, a
 * tombstone removes. Thread-safe; reading never throws.
 */
@SuppressWarnings("DoNotCallSuggester") // the bodies are still to come
public final class CatalogueCodec {
    public OutboundRecord encode(CatalogueEntry entry) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The tombstone of an entry. */
    public OutboundRecord encodeRemoval(CatalogueKey key) {
        throw new UnsupportedOperationException("not yet");
    }

    public Decoded<CatalogueChange> decode(InboundRecord record) {
        throw new UnsupportedOperationException("not yet");
    }
}
