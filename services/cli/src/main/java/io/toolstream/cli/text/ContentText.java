package io.toolstream.cli.text;

import io.toolstream.cli.json.JsonLayout;
import io.toolstream.cli.json.JsonProblem;
import io.toolstream.cli.json.JsonReader;
import io.toolstream.cli.json.JsonTree;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.json.JsonKind;
import io.toolstream.wire.json.JsonLimits;
import io.toolstream.wire.json.JsonObject;
import io.toolstream.wire.json.JsonSpan;
import io.toolstream.wire.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a tool answered, as text for people: text as it is, everything that is not text in brackets, and the structured
 * content where there is nothing else.
 */
public final class ContentText {
    private ContentText() {}

    /** Fit for a terminal. */
    public static String of(RawJson result) {
        try {
            Optional<String> blocks = blocks(JsonReader.read(result));
            return SafeText.of(blocks.orElseGet(() -> JsonLayout.indented(result.text())));
        } catch (JsonProblem notJson) {
            return SafeText.of(result.text());
        }
    }

    /** As it is, for a model to read: control characters and all. */
    public static String asIs(RawJson result) {
        try {
            return blocks(JsonReader.read(result)).orElseGet(() -> structured(result));
        } catch (JsonProblem notJson) {
            return result.text();
        }
    }

    /** Empty where there are none. */
    private static Optional<String> blocks(JsonTree result) {
        List<String> parts = new ArrayList<>();
        result.itemsAt("content").forEach(block -> parts.add(block(block)));
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", parts));
    }

    /** The structured content byte for byte; the whole result where there is none. */
    private static String structured(RawJson result) {
        JsonSpan span = new JsonSpan(result.array(), result.offset(), result.length());
        JsonValue content = JsonObject.read(span, JsonLimits.GENEROUS, "").field("structuredContent");
        if (content == null || content.kind() != JsonKind.OBJECT) {
            return result.text();
        }
        JsonSpan inner = content.span();
        return RawJson.of(inner.array(), inner.offset(), inner.length()).text();
    }

    private static String block(JsonTree block) {
        String type = block.string("type").orElse("?");
        return switch (type) {
            case "text" -> block.string("text").orElse("");
            case "image", "audio" ->
                "[" + type + " " + block.string("mimeType").orElse("") + ", "
                        + block.string("data").map(ContentText::bytes).orElse("0") + " bytes]";
            case "resource_link" -> "[link " + block.string("uri").orElse("") + "]";
            case "resource" ->
                block.string("resource", "text")
                        .orElseGet(() ->
                                "[resource " + block.string("resource", "uri").orElse("") + "]");
            default -> "[" + type + "]";
        };
    }

    private static String bytes(String base64) {
        long padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return Long.toString(base64.length() / 4 * 3L - padding);
    }
}
