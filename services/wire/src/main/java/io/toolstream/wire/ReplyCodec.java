package io.toolstream.wire;

/** Writes and reads replies. Thread-safe; never blocks; reading never throws. */
@SuppressWarnings("DoNotCallSuggester") // the bodies are still to come
public final class ReplyCodec {
    private final WireLimits limits;

    public ReplyCodec(WireLimits limits) {
        this.limits = limits;
    }

    /** The record of one reply: its key is the correlation id. */
    public OutboundRecord encode(Reply reply, ReplyRoute route) {
        throw new UnsupportedOperationException("not yet: " + limits.callBytes());
    }

    /** The record of the reply that closes a batch. */
    public OutboundRecord encode(BatchReply reply, ReplyRoute route) {
        throw new UnsupportedOperationException("not yet");
    }

    public DecodedReply decode(InboundRecord record) {
        throw new UnsupportedOperationException("not yet");
    }
}
