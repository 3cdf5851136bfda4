package io.toolstream.wire;

import io.toolstream.wire.json.JsonWriter;
import io.toolstream.wire.json.Utf8;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Writes and reads the header of a record that came back for some of its members. The members left stand there as the bits
 * of a set, eight to a byte, the lowest first, in hex: a thousand take 250 characters.
 */
final class BatchRestCodec {
    private static final String LEFT = "left";
    private static final String ENDED = "ended";
    private static final int MAX_BYTES = 4 << 10;

    private BatchRestCodec() {}

    static String text(BatchRest rest) {
        BitSet left = new BitSet();
        rest.left().forEach(left::set);
        OurJson json = new OurJson(new JsonWriter(512));
        json.begin();
        json.text(LEFT, HexFormat.of().formatHex(left.toByteArray()));
        json.begin(ENDED);
        Arrays.stream(Status.values())
                .filter(rest.ended()::containsKey)
                .forEach(status -> json.number(status.text(), rest.ended().getOrDefault(status, 0)));
        json.end();
        String text = Utf8.text(json.end().toByteArray());
        if (text == null) {
            throw new IllegalStateException("what we write is UTF-8");
        }
        return text;
    }

    /** Of a record of {@code size} members; what does not fit to it is a problem. */
    static BatchRest read(byte[] header, int size, Problems problems) {
        Problems own = new Problems();
        Fields fields = Fields.ofValue(header, MAX_BYTES, own);
        BitSet left = bits(fields.requiredText(LEFT));
        Map<Status, Integer> ended = ended(fields.requiredNested(ENDED), size);
        int sum = ended.values().stream().mapToInt(Integer::intValue).sum();
        if (own.first() != null || left.isEmpty() || left.length() > size || left.cardinality() + sum != size) {
            problems.add(
                    ErrorCode.INVALID_HEADER,
                    "header \"" + HeaderNames.REST + "\" does not fit to a record of " + size + " calls");
            return BatchRest.all(size);
        }
        return new BatchRest(left.stream().boxed().toList(), ended);
    }

    private static BitSet bits(String hex) {
        try {
            return BitSet.valueOf(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException noHex) {
            return new BitSet();
        }
    }

    private static Map<Status, Integer> ended(Fields fields, int size) {
        Map<Status, Integer> ended = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            if (fields.has(status.text())) {
                ended.put(status, (int) fields.requiredInteger(status.text(), 0, size));
            }
        }
        return ended;
    }
}
