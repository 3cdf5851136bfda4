package io.toolstream.wire;

import io.toolstream.wire.json.JsonWriter;
import java.nio.charset.StandardCharsets;

/** Writes and reads cancel requests, records of the control topic. Thread-safe; reading never throws. */
public final class CancelCodec {
    private static final String TYPE = "cancel";
    private static final int MAX_BYTES = 64 << 10;

    /** The record's key is the call's id. */
    public OutboundRecord encode(CancelRequest request) {
        OurJson json = new OurJson(new JsonWriter(128));
        json.begin();
        json.text("type", TYPE);
        json.text("id", request.id());
        byte[] key = request.id().getBytes(StandardCharsets.UTF_8);
        return new OutboundRecord(key, json.end().toByteArray(), Headers.NONE);
    }

    public Decoded<CancelRequest> decode(InboundRecord record) {
        Problems problems = new Problems();
        Fields fields = Fields.ofValue(record.value(), MAX_BYTES, problems);
        fields.requireWord("type", TYPE);
        CancelRequest request = new CancelRequest(fields.requiredText("id", TextRule.OPAQUE));
        Refusal refusal = problems.first();
        return refusal == null ? new Decoded.WellFormed<>(request) : new Decoded.Malformed<>(refusal.message());
    }
}
