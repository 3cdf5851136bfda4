package io.toolstream.wire;

/** Writes and reads cancel requests, records of the control topic. Thread-safe; reading never throws. */
@SuppressWarnings("DoNotCallSuggester") // the bodies are still to come
public final class CancelCodec {
    public OutboundRecord encode(CancelRequest request) {
        throw new UnsupportedOperationException("not yet");
    }

    public Decoded<CancelRequest> decode(InboundRecord record) {
        throw new UnsupportedOperationException("not yet");
    }
}
