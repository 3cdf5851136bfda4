package io.toolstream.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.toolstream.wire.WindowMetrics.Window;
import io.toolstream.wire.json.JsonWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads records of the metrics topic. Their key is a JSON array: length and start of the window, then server and
 * tool as far as the scope has them, as {@code ["10s",1800000000000,"fs","read_file"]}. Thread-safe; reading never throws.
 */
public final class MetricsCodec {
    private static final int MAX_BYTES = 4 << 20;

    public OutboundRecord encode(WindowMetrics metrics) {
        return new OutboundRecord(key(metrics.window()), MetricsJson.write(metrics), Headers.NONE);
    }

    /** What stands first in the keys of all windows of this length: to leave the others unread. */
    public static boolean isOfLength(byte @Nullable [] key, WindowLength length) {
        byte[] start = ("[\"" + length.text() + "\"").getBytes(US_ASCII);
        return key != null && key.length >= start.length && Arrays.equals(key, 0, start.length, start, 0, start.length);
    }

    private static byte[] key(Window window) {
        JsonWriter json = new JsonWriter(64);
        json.beginArray().string(window.length().text()).number(window.startMillis());
        MetricsScope scope = window.scope();
        if (scope.server() != null) {
            json.string(scope.server());
        }
        if (scope.tool() != null) {
            json.string(scope.tool());
        }
        return json.endArray().toByteArray();
    }

    public Decoded<WindowMetrics> decode(InboundRecord record) {
        Problems problems = new Problems();
        Fields fields = Fields.ofValue(record.value(), MAX_BYTES, problems);
        WindowMetrics metrics = new MetricsReading(problems).read(fields);
        Refusal refusal = problems.first();
        return refusal == null ? new Decoded.WellFormed<>(metrics) : new Decoded.Malformed<>(refusal.message());
    }
}
