package io.toolstream.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.DecodedCall;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.InboundRecord;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ordering keys of a record: the {@code ordering-key} header, which wins for every call of the record; else those
 * of the calls themselves, several for a record of several calls. Only a record that mentions the field is decoded for
 * that; the others cost one look over their bytes. A field whose name is written with JSON escapes is not seen: its call
 * goes without order.
 *
 * <p>Runs on the poll thread, because what comes first there is first. Never throws.
 */
final class LaneKeys {
    private static final byte[] FIELD = "orderingKey".getBytes(US_ASCII);

    /** Rare in JSON, so that most values are passed over at the pace of a single comparison per byte. */
    private static final int RARE = 8;

    private final CallDecoder decoder;

    LaneKeys(CallDecoder decoder) {
        this.decoder = decoder;
    }

    Set<String> of(InboundRecord record) {
        byte[] header = record.headers().last(HeaderNames.ORDERING_KEY).orElse(null);
        if (header != null) {
            return Set.of(new String(header, UTF_8));
        }
        return isMentioned(record.value()) ? ofCalls(record) : Set.of();
    }

    private Set<String> ofCalls(InboundRecord record) {
        Set<String> keys = new LinkedHashSet<>();
        for (DecodedCall decoded : decoder.decode(record).calls()) {
            String key = of(decoded);
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** Of one call; null if it asks for no order, or is refused anyway. */
    static @Nullable String of(DecodedCall decoded) {
        return decoded instanceof DecodedCall.WellFormed wellFormed
                ? wellFormed.call().options().orderingKey()
                : null;
    }

    private static boolean isMentioned(byte @Nullable [] value) {
        if (value == null) {
            return false;
        }
        for (int at = RARE; at < value.length - (FIELD.length - 1 - RARE); at++) {
            if (value[at] == FIELD[RARE] && isFieldAt(value, at - RARE)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFieldAt(byte[] value, int start) {
        for (int i = 0; i < FIELD.length; i++) {
            if (value[start + i] != FIELD[i]) {
                return false;
            }
        }
        return true;
    }
}
