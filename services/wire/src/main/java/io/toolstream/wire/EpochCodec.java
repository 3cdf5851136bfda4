package io.toolstream.wire;

import io.toolstream.wire.json.JsonWriter;

/**
 * Writes and reads records of the compacted epochs topic: the key is {@code ["server","tool"]}. Internal: this layout may
 * change. Thread-safe; reading never throws.
 */
public final class EpochCodec {
    private static final String TYPE = "epoch";
    private static final int MAX_BYTES = 64 << 10;

    public OutboundRecord encode(EpochMark mark) {
        JsonWriter key = new JsonWriter(64)
                .beginArray()
                .string(mark.server())
                .string(mark.tool())
                .endArray();
        OurJson json = new OurJson(new JsonWriter(128));
        json.begin();
        json.text("type", TYPE);
        json.text("server", mark.server());
        json.text("tool", mark.tool());
        json.text("by", mark.by());
        return new OutboundRecord(key.toByteArray(), json.end().toByteArray(), Headers.NONE);
    }

    public Decoded<EpochMark> decode(InboundRecord record) {
        Problems problems = new Problems();
        Fields fields = Fields.ofValue(record.value(), MAX_BYTES, problems);
        fields.requireWord("type", TYPE);
        EpochMark mark =
                new EpochMark(fields.requiredText("server"), fields.requiredText("tool"), fields.requiredText("by"));
        Refusal refusal = problems.first();
        return refusal == null ? new Decoded.WellFormed<>(mark) : new Decoded.Malformed<>(refusal.message());
    }
}
