package io.toolstream.wire;

import io.toolstream.wire.json.JsonKind;
import io.toolstream.wire.json.JsonValue;
import io.toolstream.wire.json.JsonWriter;
import java.util.EnumMap;
import java.util.Map;

/** The value of the reply that closes a batch. */
final class BatchReplyJson {
    /** Stands where the status of a single call's reply stands. */
    static final String STATUS = "batch";

    private BatchReplyJson() {}

    static byte[] write(BatchReply reply) {
        OurJson json = new OurJson(new JsonWriter(256));
        json.begin();
        json.text("id", reply.id());
        json.text("correlationId", reply.correlationId());
        json.text("status", STATUS);
        json.number("size", reply.size());
        json.begin("counts");
        for (Status status : Status.values()) {
            Integer count = reply.counts().get(status);
            if (count != null) {
                json.number(status.text(), count);
            }
        }
        json.end();
        json.text("tenant", reply.tenant());
        json.bool("final", true);
        return json.end().toByteArray();
    }

    static boolean isOne(Fields fields) {
        JsonValue status = fields.field("status");
        return status != null
                && status.kind() == JsonKind.STRING
                && status.text().equals(STATUS);
    }

    static BatchReply read(Fields fields, Problems problems) {
        int size = (int) fields.requiredInteger("size", 1, Integer.MAX_VALUE);
        Map<Status, Integer> counts = readCounts(fields.requiredNested("counts"), size);
        int sum = counts.values().stream().mapToInt(Integer::intValue).sum();
        if (sum != size) {
            problems.add(ErrorCode.INVALID_VALUE, "/counts add up to " + sum + ", expected /size, " + size);
        }
        if (!fields.requiredBool("final")) {
            problems.add(ErrorCode.INVALID_VALUE, "/final is false, expected true");
        }
        return new BatchReply(
                fields.requiredText("id"), fields.requiredText("correlationId"), size, counts, fields.text("tenant"));
    }

    /** Counts of statuses that this version does not know are left out, and so the sum shows that they were there. */
    private static Map<Status, Integer> readCounts(Fields fields, int size) {
        Map<Status, Integer> counts = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            if (fields.has(status.text())) {
                counts.put(status, (int) fields.requiredInteger(status.text(), 0, size));
            }
        }
        return counts;
    }
}
