package io.toolstream.wire;

import io.toolstream.wire.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a tool says of itself while it runs, as it stands in the {@code _meta} of replies that are not final.
 *
 * @param done how far it has got
 * @param total as far as it is known
 * @param message for people; cut where it is long
 */
public record Progress(
        double done, @Nullable Double total, @Nullable String message) {
    private static final int MOST_CHARS = 500;

    /** Integers are written as such up to here: beyond, a double does not hold every one. */
    private static final double EXACT = 1L << 53;

    /** {@code {"progress":{"progress":3,"total":10}}}; numbers that are none in JSON are left out. */
    public RawJson meta() {
        JsonWriter json = new JsonWriter(128).beginObject().name("progress").beginObject();
        number(json, "progress", done);
        if (total != null) {
            number(json, "total", total);
        }
        if (message != null) {
            json.name("message").string(message.length() > MOST_CHARS ? message.substring(0, MOST_CHARS) : message);
        }
        return raw(json.endObject().endObject());
    }

    /** Of the reply that says that the tool goes on as a task: {@code {"task":{"status":"working"}}}. */
    public static RawJson metaOfTask() {
        return raw(new JsonWriter(64)
                .beginObject()
                .name("task")
                .beginObject()
                .name("status")
                .string("working")
                .endObject()
                .endObject());
    }

    private static void number(JsonWriter json, String name, double value) {
        if (Double.isFinite(value)) {
            boolean isInteger = value == Math.rint(value) && Math.abs(value) < EXACT;
            byte[] text = (isInteger ? Long.toString((long) value) : Double.toString(value))
                    .getBytes(StandardCharsets.US_ASCII);
            json.name(name).raw(text, 0, text.length);
        }
    }

    private static RawJson raw(JsonWriter json) {
        byte[] bytes = json.toByteArray();
        return RawJson.of(bytes, 0, bytes.length);
    }
}
