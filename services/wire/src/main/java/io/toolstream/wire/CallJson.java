package io.toolstream.wire;

import io.toolstream.wire.json.Utf8;

/** The value of a call. */
final class CallJson {
    private CallJson() {}

    /** A call of its own: what headers can say is left to them. */
    static void write(OurJson json, Call call) {
        json.begin();
        writeCall(json, call);
        BatchPosition batch = call.context().batch();
        if (batch != null) {
            BatchPositionJson.write(json, batch);
        }
        json.end();
    }

    /** A member of a record of several calls, which has no headers: it says all itself. */
    static void writeMember(OurJson json, Call call) {
        String correlationId = Utf8.text(call.route().correlationId());
        if (correlationId == null) {
            throw new IllegalArgumentException("the correlation id of member " + call.id() + " is not UTF-8");
        }
        CallOptions options = call.options();
        json.begin();
        writeCall(json, call);
        json.text(CallFields.CORRELATION_ID, correlationId);
        json.number(CallFields.DEADLINE, options.deadlineMillis());
        json.text(CallFields.IDEMPOTENCY_KEY, options.idempotencyKey());
        json.text(CallFields.ORDERING_KEY, options.orderingKey());
        json.text(CallFields.PRIORITY, options.priority().text());
        json.text(CallFields.TENANT, call.context().tenant());
        json.end();
    }

    private static void writeCall(OurJson json, Call call) {
        CallOptions options = call.options();
        CallContext context = call.context();
        json.text(CallFields.ID, call.id());
        json.text(CallFields.SERVER, call.target().server());
        json.text(CallFields.TOOL, call.target().tool());
        json.raw(CallFields.ARGUMENTS, call.arguments());
        if (options.cache() != CacheMode.USE) {
            json.text(CallFields.CACHE, options.cache().text());
        }
        if (options.progress()) {
            json.bool(CallFields.PROGRESS, true);
        }
        json.raw(CallFields.INPUT_RESPONSES, options.inputResponses());
        json.text(CallFields.REQUEST_STATE, options.requestState());
        json.text(CallFields.TOOL_CALL_ID, context.toolCallId());
        json.raw(CallFields.CONVERSATION, context.conversation());
        json.raw(CallFields.META, context.meta());
    }
}
