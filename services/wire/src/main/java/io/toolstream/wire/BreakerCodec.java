package io.toolstream.wire;

import io.toolstream.wire.BreakerEntry.Opened;
import io.toolstream.wire.json.JsonArray;
import io.toolstream.wire.json.JsonKind;
import io.toolstream.wire.json.JsonSpan;
import io.toolstream.wire.json.JsonValue;
import io.toolstream.wire.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads records of the compacted breakers topic: the key is {@code ["server","endpoint","worker"]}, a breaker that
 * is not open is a tombstone. Internal: this layout may change. Thread-safe; reading never throws.
 */
public final class BreakerCodec {
    private static final int MAX_BYTES = 64 << 10;
    private static final int NAMES = 3;
    private static final String OPEN = "open";

    public OutboundRecord encode(BreakerEntry entry) {
        byte[] key = new JsonWriter(64)
                .beginArray()
                .string(entry.server())
                .string(entry.endpoint())
                .string(entry.worker())
                .endArray()
                .toByteArray();
        Opened opened = entry.opened();
        return new OutboundRecord(key, opened == null ? null : value(opened), Headers.NONE);
    }

    private static byte[] value(Opened opened) {
        OurJson json = new OurJson(new JsonWriter(128));
        json.begin();
        json.text("state", OPEN);
        json.number("since", opened.sinceMillis());
        json.text("cause", opened.cause());
        return json.end().toByteArray();
    }

    public Decoded<BreakerEntry> decode(InboundRecord record) {
        List<String> names = names(record.key());
        if (names.size() != NAMES) {
            return new Decoded.Malformed<>("the key is no JSON array of a server's, an endpoint's and a worker's name");
        }
        if (record.value() == null) {
            return new Decoded.WellFormed<>(new BreakerEntry(names.get(0), names.get(1), names.get(2), null));
        }
        Problems problems = new Problems();
        Fields fields = Fields.ofValue(record.value(), MAX_BYTES, problems);
        fields.requireWord("state", OPEN);
        Opened opened = new Opened(fields.requiredInteger("since", 0, Long.MAX_VALUE), fields.requiredText("cause"));
        Refusal refusal = problems.first();
        return refusal == null
                ? new Decoded.WellFormed<>(new BreakerEntry(names.get(0), names.get(1), names.get(2), opened))
                : new Decoded.Malformed<>(refusal.message());
    }

    private static List<String> names(byte @Nullable [] key) {
        List<JsonValue> names = key == null ? null : JsonArray.elements(JsonSpan.of(key), NAMES + 1);
        return names == null || names.stream().anyMatch(name -> name.kind() != JsonKind.STRING)
                ? List.of()
                : names.stream().map(JsonValue::text).toList();
    }
}
