package io.toolstream.client;

import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.wire.json.JsonKind;
import io.toolstream.wire.json.JsonLimits;
import io.toolstream.wire.json.JsonObject;
import io.toolstream.wire.json.JsonSpan;
import io.toolstream.wire.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** The opaque state in a reply {@code input_required}, to be given back as it came. */
final class RequestState {
    private RequestState() {}

    /**
     * Null where the reply carries none.
     *
     * @throws IllegalArgumentException for a reply of another status
     */
    static @Nullable String of(Reply reply) {
        RawJson result = reply.result();
        if (reply.status() != Status.INPUT_REQUIRED || result == null) {
            throw new IllegalArgumentException("the reply to call "
                    + reply.identity().id() + " is " + reply.status().text() + ", input_required expected");
        }
        JsonSpan span = new JsonSpan(result.array(), result.offset(), result.length());
        JsonValue state = JsonObject.read(span, JsonLimits.GENEROUS, "").field("requestState");
        return state == null || state.kind() != JsonKind.STRING ? null : state.text();
    }
}
