package io.toolstream.wire;

import io.toolstream.wire.json.JsonArray;
import io.toolstream.wire.json.JsonKind;
import io.toolstream.wire.json.JsonSpan;
import io.toolstream.wire.json.JsonValue;
import io.toolstream.wire.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads records of the compacted catalogue topic: the key is {@code ["server"]}, {@code ["server","tool"]} or
 * {@code ["server",null,"worker"]}, a tombstone removes. Thread-safe; reading never throws.
 */
public final class CatalogueCodec {
    private static final int MAX_BYTES = 4 << 20;
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    public OutboundRecord encode(CatalogueEntry entry) {
        return new OutboundRecord(key(entry.key()), CatalogueJson.write(entry), Headers.NONE);
    }

    /** Endpoints as they stand in a worker's view of a server: an array. */
    public static RawJson endpoints(List<EndpointState> endpoints) {
        return ServerStateJson.endpoints(endpoints);
    }

    /** The tombstone of an entry. */
    public OutboundRecord encodeRemoval(CatalogueKey key) {
        return new OutboundRecord(key(key), null, Headers.NONE);
    }

    private static byte[] key(CatalogueKey key) {
        JsonWriter json = new JsonWriter(64).beginArray().string(key.server());
        String tool = key.tool();
        String worker = key.worker();
        if (tool != null) {
            json.string(tool);
        } else if (worker != null) {
            json.raw(NULL, 0, NULL.length).string(worker);
        }
        return json.endArray().toByteArray();
    }

    public Decoded<CatalogueChange> decode(InboundRecord record) {
        CatalogueKey key = key(record.key());
        if (key == null) {
            return new Decoded.Malformed<>(
                    "the key is no JSON array of a server's name and perhaps a tool's, or null and a worker's");
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
        List<JsonValue> names = key == null ? null : JsonArray.elements(JsonSpan.of(key), 4);
        if (names == null || names.isEmpty() || names.size() > 3 || !isText(names.get(0))) {
            return null;
        }
        String server = names.get(0).text();
        return switch (names.size()) {
            case 1 -> new CatalogueKey(server, null);
            case 2 ->
                isText(names.get(1)) ? new CatalogueKey(server, names.get(1).text()) : null;
            default ->
                names.get(1).kind() == JsonKind.NULL && isText(names.get(2))
                        ? new CatalogueKey(server, null, names.get(2).text())
                        : null;
        };
    }

    private static boolean isText(JsonValue value) {
        return value.kind() == JsonKind.STRING;
    }
}
