package io.toolstream.wire;

import io.toolstream.wire.json.JsonArray;
import io.toolstream.wire.json.JsonKind;
import io.toolstream.wire.json.JsonSpan;
import io.toolstream.wire.json.JsonValue;
import io.toolstream.wire.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads records of the compacted catalogue topic: the key is {@code ["server"]} or {@code ["server","tool"]}, a
 * tombstone removes. Thread-safe; reading never throws.
 */
public final class CatalogueCodec {
    private static final int MAX_BYTES = 4 << 20;

    public OutboundRecord encode(CatalogueEntry entry) {
        return new OutboundRecord(key(entry.key()), CatalogueJson.write(entry), Headers.NONE);
    }

    /** The tombstone of an entry. */
    public OutboundRecord encodeRemoval(CatalogueKey key) {
        return new OutboundRecord(key(key), null, Headers.NONE);
    }

    private static byte[] key(CatalogueKey key) {
        JsonWriter json = new JsonWriter(64).beginArray().string(key.server());
        String tool = key.tool();
        if (tool != null) {
            json.string(tool);
        }
        return json.endArray().toByteArray();
    }

    public Decoded<CatalogueChange> decode(InboundRecord record) {
        CatalogueKey key = key(record.key());
        if (key == null) {
            return new Decoded.Malformed<>("the key is no JSON array of a server's and perhaps a tool's name");
        }
        if (record.value() == null) {
            return new Decoded.WellFormed<>(new CatalogueChange.Removed(key));
        }
        Problems problems = new Problems();
        Fields fields = Fields.ofValue(record.value(), MAX_BYTES, problems);
        CatalogueEntry entry = CatalogueJson.read(fields, key);
        if (!entry.key().equals(key)) {
            problems.add(ErrorCode.INVALID_VALUE, "the value is that of another entry than the key names");
        }
        Refusal refusal = problems.first();
        return refusal == null
                ? new Decoded.WellFormed<>(new CatalogueChange.Put(entry))
                : new Decoded.Malformed<>(refusal.message());
    }

    private static @Nullable CatalogueKey key(byte @Nullable [] key) {
        List<JsonValue> names = key == null ? null : JsonArray.elements(JsonSpan.of(key), 3);
        if (names == null || names.isEmpty() || names.size() > 2) {
            return null;
        }
        boolean isText = names.stream().allMatch(name -> name.kind() == JsonKind.STRING);
        return isText
                ? new CatalogueKey(
                        names.get(0).text(),
                        names.size() == 1 ? null : names.get(1).text())
                : null;
    }
}
