package io.toolstream.cli.text;

import io.toolstream.cli.json.JsonLayout;
import io.toolstream.cli.json.JsonProblem;
import io.toolstream.cli.json.JsonReader;
import io.toolstream.cli.json.JsonTree;
import io.toolstream.wire.RawJson;
import java.util.ArrayList;
import java.util.List;

/**
 * What a tool answered, as text for people: text as it is, everything that is not text in brackets, and the structured
 * content where there is nothing else.
 */
public final class ContentText {
    private ContentText() {}

    public static String of(RawJson result) {
        try {
            JsonTree tree = JsonReader.read(result);
            List<String> parts = new ArrayList<>();
            tree.itemsAt("content").forEach(block -> parts.add(block(block)));
            if (parts.isEmpty()) {
                return SafeText.of(JsonLayout.indented(result.text()));
            }
            return SafeText.of(String.join("\n", parts));
        } catch (JsonProblem notJson) {
            return SafeText.of(result.text());
        }
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
