package io.toolstream.wire;

/** Writes and reads dead letters. Thread-safe; never blocks; reading never throws. */
@SuppressWarnings("DoNotCallSuggester") // the bodies are still to come
public final class DeadLetterCodec {
    public OutboundRecord encode(InboundRecord original, DeadLetterCause cause) {
        throw new UnsupportedOperationException("not yet");
    }

    public Decoded<DeadLetter> decode(InboundRecord record) {
        throw new UnsupportedOperationException("not yet");
    }
}
