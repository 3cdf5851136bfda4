package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/** One call of a record after decoding: well-formed, or refused with as much of its identity as could be read. */
public sealed interface DecodedCall {
    /** A well-formed call. */
    record WellFormed(Call call) implements DecodedCall {}

    /** A call that cannot be executed; {@code identity} is what its reply can still say. */
    record Malformed(Refusal refusal, CallIdentity identity) implements DecodedCall {}

    /**
     * What is known of a malformed call.
     *
     * @param server as written by the caller, if it could be read
     * @param tool as written by the caller, if it could be read
     */
    record CallIdentity(
            String id,
            ReplyRoute route,
            @Nullable String server,
            @Nullable String tool,
            CallContext context) {}
}
