package io.toolstream.wire;

/** A record of a reply topic after decoding. */
public sealed interface DecodedReply {
    /** The reply to one call. */
    record WellFormed(Reply reply) implements DecodedReply {}

    /** The reply that closes a batch. */
    record Closing(BatchReply reply) implements DecodedReply {}

    /** Not a reply of ours, or of a later version; {@code why} names the place and what was expected. */
    record Malformed(String why) implements DecodedReply {}
}
