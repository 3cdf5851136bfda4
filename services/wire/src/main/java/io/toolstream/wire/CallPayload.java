package io.toolstream.wire;

import io.toolstream.wire.json.JsonLimits;
import io.toolstream.wire.json.JsonObject;
import io.toolstream.wire.json.JsonSpan;
import io.toolstream.wire.json.JsonValue;
import io.toolstream.wire.json.SurrogateEscapes;
import io.toolstream.wire.json.Utf8;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds the JSON object that is the call in a record's value: behind a schema registry's prefix, in a CloudEvent. */
final class CallPayload {
    private static final String CLOUD_EVENT = "application/cloudevents";
    private static final String CLOUD_EVENT_JSON = CLOUD_EVENT + "+json";

    /** Of one record; what is behind a call has to hold a few objects for each of these. */
    private static final int TOKENS = 1 << 18;

    private static final byte[] BYTE_ORDER_MARK = "\ufeff".getBytes(StandardCharsets.UTF_8);

    /** The magic byte and four bytes of schema id that Confluent's serialisers put in front. */
    private static final int REGISTRY_PREFIX = 5;

    private final WireLimits limits;

    CallPayload(WireLimits limits) {
        this.limits = limits;
    }

    /** The limits for the JSON of one call. */
    static JsonLimits ofCall(WireLimits limits) {
        return new JsonLimits(limits.depth(), limits.numberChars(), TOKENS, true);
    }

    /**
     * The call's fields, as far as they could be read.
     *
     * @param eventId the id of the CloudEvent the call came in, if it did
     */
    record Payload(Fields fields, @Nullable String eventId) {}

    Payload read(byte @Nullable [] value, CallHeaders headers, Problems problems) {
        if (value == null || value.length == 0) {
            problems.add(
                    ErrorCode.EMPTY,
                    "the record has " + (value == null ? "no value (a tombstone)" : "an empty value")
                            + ", a JSON object expected");
            return new Payload(fields(JsonSpan.of(new byte[0]), problems), headers.eventId());
        }
        JsonSpan json = readable(withoutRegistryPrefix(JsonSpan.of(value)), problems);
        String contentType = headers.contentType();
        if (contentType != null && contentType.startsWith(CLOUD_EVENT)) {
            return inCloudEvent(json, contentType, problems);
        }
        return new Payload(fields(json, problems), headers.eventId());
    }

    private static JsonSpan withoutRegistryPrefix(JsonSpan value) {
        boolean isPrefixed = value.length() > REGISTRY_PREFIX
                && value.array()[value.offset()] == 0
                && value.array()[value.offset() + REGISTRY_PREFIX] == '{';
        return isPrefixed ? value.without(REGISTRY_PREFIX) : value;
    }

    /** The part of the value that is safe to read: all of it, unless there is a problem with its bytes. */
    private JsonSpan readable(JsonSpan json, Problems problems) {
        if (json.length() > limits.callBytes()) {
            problems.add(
                    ErrorCode.TOO_LARGE,
                    "the value has " + json.length() + " bytes, at most " + limits.callBytes() + " expected");
            return readable(json.first(limits.callBytes()), problems);
        }
        int malformed = Utf8.firstMalformed(json);
        int lone = SurrogateEscapes.firstLone(malformed < 0 ? json : json.first(malformed));
        if (lone >= 0) {
            return notUtf8(json, lone, "half a surrogate pair is escaped", problems);
        }
        if (malformed >= 0) {
            return notUtf8(json, malformed, "no UTF-8 character begins", problems);
        }
        if (startsWithByteOrderMark(json)) {
            notUtf8(json, 0, "a byte order mark stands", problems);
            return json.without(BYTE_ORDER_MARK.length);
        }
        if (json.length() > 1 && (json.array()[json.offset()] == 0 || json.array()[json.offset() + 1] == 0)) {
            return notUtf8(json, 0, "a zero byte stands, as in UTF-16 or a binary format,", problems);
        }
        return json;
    }

    private static JsonSpan notUtf8(JsonSpan json, int position, String what, Problems problems) {
        problems.add(
                ErrorCode.NOT_UTF8,
                what + " at byte " + (json.offset() + position)
                        + " of the value, UTF-8 without a byte order mark expected");
        return json.first(position);
    }

    private static boolean startsWithByteOrderMark(JsonSpan json) {
        return json.length() >= BYTE_ORDER_MARK.length
                && json.array()[json.offset()] == BYTE_ORDER_MARK[0]
                && json.array()[json.offset() + 1] == BYTE_ORDER_MARK[1]
                && json.array()[json.offset() + 2] == BYTE_ORDER_MARK[2];
    }

    private Payload inCloudEvent(JsonSpan json, String contentType, Problems problems) {
        if (!contentType.startsWith(CLOUD_EVENT_JSON)) {
            problems.add(
                    ErrorCode.INVALID_HEADER,
                    "header \"content-type\" names a form of CloudEvents that is not read here, expected \""
                            + CLOUD_EVENT_JSON + "\"");
        }
        JsonLimits ofEvent = ofCall(limits).withDeferred("data");
        Fields event = new Fields(JsonObject.read(json, ofEvent, ""), problems);
        String id = event.text(CallFields.ID, TextRule.ID);
        JsonValue data = event.field("data");
        if (data == null) {
            problems.add(ErrorCode.MISSING_FIELD, "/data is missing: a call is expected there, as a JSON object");
            return new Payload(fields(JsonSpan.of(new byte[0]), problems), id);
        }
        return new Payload(new Fields(JsonObject.read(data.span(), ofRecord(), "/data"), problems), id);
    }

    private Fields fields(JsonSpan json, Problems problems) {
        return new Fields(JsonObject.read(json, ofRecord(), ""), problems);
    }

    private JsonLimits ofRecord() {
        return ofCall(limits).withDeferred(CallFields.CALLS);
    }
}
