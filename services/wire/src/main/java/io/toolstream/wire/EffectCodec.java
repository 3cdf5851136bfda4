package io.toolstream.wire;

import io.toolstream.wire.EffectEntry.Alive;
import io.toolstream.wire.EffectEntry.Claimed;
import io.toolstream.wire.EffectEntry.Concluded;
import io.toolstream.wire.EffectEntry.Floor;
import io.toolstream.wire.EffectEntry.Released;
import io.toolstream.wire.EffectEntry.Source;
import io.toolstream.wire.json.JsonWriter;
import io.toolstream.wire.json.Utf8;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads records of the effects topic; the record's key is the entry's. Internal: this layout may change.
 * Thread-safe; reading never throws.
 */
public final class EffectCodec {
    private static final int MAX_BYTES = 4 << 20;

    private static final String CLAIMED = "claimed";
    private static final String CONCLUDED = "concluded";
    private static final String RELEASED = "released";
    private static final String ALIVE = "alive";
    private static final String[] TYPES = {CLAIMED, CONCLUDED, RELEASED, ALIVE};

    public OutboundRecord encode(EffectEntry entry) {
        OurJson json = new OurJson(new JsonWriter(256));
        json.begin();
        json.text("type", typeOf(entry));
        json.text("claim", entry.claim());
        if (entry instanceof Claimed claimed) {
            write(json, claimed);
        } else if (entry instanceof Concluded concluded) {
            write(json, concluded);
        }
        byte[] key = entry.key().getBytes(StandardCharsets.UTF_8);
        return new OutboundRecord(key, json.end().toByteArray(), Headers.NONE);
    }

    private static String typeOf(EffectEntry entry) {
        if (entry instanceof Claimed) {
            return CLAIMED;
        }
        if (entry instanceof Concluded) {
            return CONCLUDED;
        }
        return entry instanceof Released ? RELEASED : ALIVE;
    }

    private static void write(OurJson json, Claimed claimed) {
        json.text("digest", claimed.digest());
        json.number("offset", claimed.source().offset());
        json.number("timestamp", claimed.source().timestampMillis());
        json.bool("kept", claimed.source().isKept());
        Floor floor = claimed.floor();
        if (floor != null) {
            json.number("floor", floor.offset());
            json.number("floorTime", floor.millis());
        }
    }

    private static void write(OurJson json, Concluded concluded) {
        json.text("status", concluded.status().text());
        json.raw("result", concluded.result());
        CallError error = concluded.error();
        if (error != null) {
            ReplyJson.writeError(json, error);
        }
    }

    public Decoded<EffectEntry> decode(InboundRecord record) {
        String key = record.key() == null ? null : Utf8.text(record.key());
        if (key == null) {
            return new Decoded.Malformed<>("the key is no UTF-8 text");
        }
        Problems problems = new Problems();
        Fields fields = Fields.ofValue(record.value(), MAX_BYTES, problems);
        EffectEntry entry = read(fields, key);
        Refusal refusal = problems.first();
        return refusal == null ? new Decoded.WellFormed<>(entry) : new Decoded.Malformed<>(refusal.message());
    }

    private static EffectEntry read(Fields fields, String key) {
        String claim = fields.requiredText("claim");
        return switch (fields.requiredWord("type", TYPES, word -> word, ALIVE)) {
            case CLAIMED -> readClaimed(fields, key, claim);
            case CONCLUDED -> readConcluded(fields, key, claim);
            case RELEASED -> new Released(key, claim);
            default -> new Alive(key, claim);
        };
    }

    private static Claimed readClaimed(Fields fields, String key, String claim) {
        Source source = new Source(
                fields.requiredInteger("offset", 0, Long.MAX_VALUE),
                fields.requiredInteger("timestamp", 0, Long.MAX_VALUE),
                fields.requiredBool("kept"));
        return new Claimed(key, claim, fields.requiredText("digest"), source, readFloor(fields));
    }

    private static @Nullable Floor readFloor(Fields fields) {
        return fields.has("floor")
                ? new Floor(
                        fields.requiredInteger("floor", 0, Long.MAX_VALUE),
                        fields.requiredInteger("floorTime", 0, Long.MAX_VALUE))
                : null;
    }

    private static Concluded readConcluded(Fields fields, String key, String claim) {
        return new Concluded(
                key,
                claim,
                fields.requiredWord("status", Status.values(), Status::text, Status.FAILED),
                fields.rawObject("result"),
                ReplyJson.readError(fields));
    }
}
