package io.toolstream.wire;

import io.toolstream.wire.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes calls as records of the calls topic. Thread-safe; never blocks. */
public final class CallEncoder {
    private static final int ENVELOPE_BYTES = 256;

    /** More than a call of its own, which leaves much to its headers. */
    private static final int MEMBER_BYTES = 384;

    /** One call; the record's key is its ordering key, else its idempotency key, else none. */
    public OutboundRecord encode(Call call) {
        return encode(call, null);
    }

    /** The same, but for the last: {@code otherwise} is the key where the call asks for none. */
    public OutboundRecord encode(Call call, byte @Nullable [] otherwise) {
        byte[] asked = key(call.options());
        OurJson json =
                new OurJson(new JsonWriter(ENVELOPE_BYTES + call.arguments().length()));
        CallJson.write(json, call);
        return new OutboundRecord(asked == null ? otherwise : asked, json.toByteArray(), headers(call));
    }

    /**
     * Several calls in one {@code {"calls"}} record, closed by a {@link BatchReply} under the correlation id of {@code
     * route}. Of the members' own routes only the correlation ids count, which have to be UTF-8; the record's trace
     * headers come from {@code route.echoed()}.
     *
     * @throws IllegalArgumentException for a member whose correlation id is not UTF-8
     */
    public OutboundRecord encode(String batchId, ReplyRoute route, List<Call> members) {
        int bytes = ENVELOPE_BYTES;
        for (Call member : members) {
            bytes += MEMBER_BYTES + member.arguments().length();
        }
        OurJson json = new OurJson(new JsonWriter(bytes));
        json.begin();
        json.text(CallFields.ID, batchId);
        json.beginArray(CallFields.CALLS);
        members.forEach(member -> CallJson.writeMember(json, member));
        json.endArray();
        json.end();
        HeaderList headers = routed(route);
        route.echoed().forEach(headers::ifAbsent);
        return new OutboundRecord(null, json.toByteArray(), headers.headers());
    }

    private static byte @Nullable [] key(CallOptions options) {
        String key = options.orderingKey() != null ? options.orderingKey() : options.idempotencyKey();
        return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    }

    private static Headers headers(Call call) {
        CallOptions options = call.options();
        TraceContext trace = call.context().trace();
        HeaderList headers = routed(call.route())
                .digits(HeaderNames.DEADLINE, options.deadlineMillis())
                .text(HeaderNames.IDEMPOTENCY_KEY, options.idempotencyKey())
                .text(HeaderNames.ORDERING_KEY, options.orderingKey())
                .text(HeaderNames.TENANT, call.context().tenant())
                .text(HeaderNames.PRIORITY, asked(options.priority()))
                .text(HeaderNames.TRACEPARENT, trace.traceparent())
                .text(HeaderNames.TRACESTATE, trace.tracestate())
                .text(HeaderNames.BAGGAGE, trace.baggage());
        call.route().echoed().forEach(headers::ifAbsent);
        return headers.headers();
    }

    private static @Nullable String asked(Priority priority) {
        return priority == Priority.INTERACTIVE ? null : priority.text();
    }

    private static HeaderList routed(ReplyRoute route) {
        return new HeaderList(List.of())
                .bytes(HeaderNames.CORRELATION_ID, route.correlationId())
                .text(HeaderNames.REPLY_TO, route.topic())
                .digits(HeaderNames.REPLY_PARTITION, route.partition());
    }
}
