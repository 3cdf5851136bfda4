package io.toolstream.wire;

import java.util.List;

/** Writes calls as records of the calls topic. Thread-safe; never blocks. */
@SuppressWarnings("DoNotCallSuggester") // the bodies are still to come
public final class CallEncoder {
    /** One call; the record's key is its ordering key, else its idempotency key, else none. */
    public OutboundRecord encode(Call call) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Several calls in one {@code {"calls"}} record, closed by a {@link BatchReply} under the correlation id of {@code
     * route}. Members must not have a reply route of their own: only their correlation ids count.
     */
    public OutboundRecord encode(String batchId, ReplyRoute route, List<Call> members) {
        throw new UnsupportedOperationException("not yet");
    }
}
