package io.toolstream.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.wire.DecodedCall;
import io.toolstream.wire.DecodedRecord;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.InboundRecord;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ordering keys of a record: the {@code ordering-key} header, which wins for every call of the record; else those
 * of the calls themselves, several for a record of several calls. Only a record that may mention the field is decoded for
 * that; the others cost one look over their bytes.
 *
 * <p>Runs on the poll thread, because what comes first there is first. Never throws.
 */
final class LaneKeys {
    private static final byte[] FIELD = "orderingKey".getBytes(US_ASCII);

    /** Rare in JSON, so that most values are passed over at the pace of a single comparison per byte. */
    private static final int RARE = 8;

    private static final int HEX = 16;
    private static final int ESCAPE_LENGTH = 6;

    private final Function<InboundRecord, DecodedRecord> decoder;

    LaneKeys(Function<InboundRecord, DecodedRecord> decoder) {
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
        for (DecodedCall decoded : decoder.apply(record).calls()) {
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
        for (int at = 0; at < value.length; at++) {
            if (value[at] == FIELD[RARE] ? isFieldAt(value, at - RARE) : value[at] == '\\' && isEscapeAt(value, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFieldAt(byte[] value, int start) {
        return start >= 0
                && start + FIELD.length <= value.length
                && Arrays.equals(value, start, start + FIELD.length, FIELD, 0, FIELD.length);
    }

    /** A letter of the field's name written as an escape of four hex digits: nobody does that without a reason. */
    private static boolean isEscapeAt(byte[] value, int start) {
        if (start + ESCAPE_LENGTH > value.length
                || value[start + 1] != 'u'
                || value[start + 2] != '0'
                || value[start + 3] != '0') {
            return false;
        }
        int letter = Character.digit(value[start + 4], HEX) * HEX + Character.digit(value[start + 5], HEX);
        for (byte each : FIELD) {
            if (each == letter) {
                return true;
            }
        }
        return false;
    }
}
