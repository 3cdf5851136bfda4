package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/** The {@code batch} field of calls and replies. */
final class BatchPositionJson {
    private BatchPositionJson() {}

    static void write(OurJson json, BatchPosition batch) {
        json.begin(CallFields.BATCH);
        json.text("id", batch.id());
        json.number("index", batch.index());
        json.number("size", batch.size());
        json.end();
    }

    static @Nullable BatchPosition read(Fields fields) {
        Fields batch = fields.nested(CallFields.BATCH);
        if (batch == null) {
            return null;
        }
        String id = batch.requiredText("id", TextRule.ID);
        long size = batch.requiredInteger("size", 1, Integer.MAX_VALUE);
        long index = batch.requiredInteger("index", 0, size - 1);
        return new BatchPosition(id, (int) index, (int) size);
    }
}
