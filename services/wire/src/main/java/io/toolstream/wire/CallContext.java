package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a call carries along without it changing how it is executed.
 *
 * @param toolCallId the model's own id, opaque, not unique
 * @param conversation any JSON value
 * @param trace W3C trace context of the caller
 * @param meta the call's {@code _meta}, a JSON object
 */
public record CallContext(
        @Nullable String tenant,
        @Nullable String toolCallId,
        @Nullable RawJson conversation,
        @Nullable BatchPosition batch,
        TraceContext trace,
        @Nullable RawJson meta) {
    public CallContext tracedBy(TraceContext other) {
        return new CallContext(tenant, toolCallId, conversation, batch, other, meta);
    }
}
