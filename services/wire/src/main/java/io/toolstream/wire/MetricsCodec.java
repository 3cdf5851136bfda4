package io.toolstream.wire;

import io.toolstream.wire.WindowMetrics.Window;
import io.toolstream.wire.json.JsonArray;
import io.toolstream.wire.json.JsonSpan;
import io.toolstream.wire.json.JsonValue;
import io.toolstream.wire.json.JsonWriter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads records of the metrics topic. Their key is a JSON array: length and start of the window, then server and
 * tool as far as the scope has them, as {@code ["10s",1800000000000,"fs","read_file"]}. Thread-safe; reading never throws.
 */
public final class MetricsCodec {
    private static final int MAX_BYTES = 4 << 20;

    /** Of a key: length, start, server, tool. */
    private static final int MOST_PARTS = 4;

    public OutboundRecord encode(WindowMetrics metrics) {
        return new OutboundRecord(key(metrics.window()), MetricsJson.write(metrics), Headers.NONE);
    }

    /** Which window the record of this key is about; empty if that is no key of ours. */
    public static Optional<Window> window(byte @Nullable [] key) {
        List<JsonValue> parts = key == null ? null : JsonArray.elements(JsonSpan.of(key), MOST_PARTS);
        if (parts == null || parts.size() < 2) {
            return Optional.empty();
        }
        List<String> texts = parts.stream().map(JsonValue::text).toList();
        MetricsScope scope = new MetricsScope(
                texts.size() > 2 ? texts.get(2) : null,
                texts.size() > MOST_PARTS - 1 ? texts.get(MOST_PARTS - 1) : null);
        return texts.get(1).matches("[0-9]{1,15}")
                ? Words.find(WindowLength.values(), WindowLength::text, texts.get(0))
                        .map(length -> new Window(scope, length, Long.parseLong(texts.get(1))))
                : Optional.empty();
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
