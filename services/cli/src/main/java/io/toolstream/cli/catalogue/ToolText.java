package io.toolstream.cli.catalogue;

import io.toolstream.cli.json.JsonProblem;
import io.toolstream.cli.json.JsonReader;
import io.toolstream.cli.json.JsonTree;
import io.toolstream.cli.text.SafeText;
import io.toolstream.cli.text.Style;
import io.toolstream.cli.text.Table;
import io.toolstream.wire.CatalogueEntry.OfTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A tool for people: what it does and which arguments it takes. */
final class ToolText {
    private final OfTool tool;
    private final JsonTree definition;

    private ToolText(OfTool tool, JsonTree definition) {
        this.tool = tool;
        this.definition = definition;
    }

    static ToolText of(OfTool tool) {
        try {
            return new ToolText(tool, JsonReader.read(tool.definition()));
        } catch (JsonProblem e) {
            throw new IllegalStateException(tool.key() + ": the catalogue holds no JSON for it", e);
        }
    }

    /** The first sentence, or as much of it as fits on one line. */
    String summary(int width) {
        String line = SafeText.line(definition.string("description").orElse(""));
        int end = line.indexOf(". ");
        String sentence = end < 0 ? line : line.substring(0, end + 1);
        return sentence.length() <= width ? sentence : sentence.substring(0, width - 1) + "…";
    }

    List<String> lines(Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(SafeText.line(tool.server() + " " + tool.name())));
        definition.string("description").ifPresent(text -> lines.add(SafeText.of(text.strip())));
        hints().ifPresent(hints -> lines.add(style.faint(hints)));
        Table arguments = arguments();
        if (!arguments.isEmpty()) {
            lines.add("");
            lines.addAll(arguments.lines(style));
        }
        return lines;
    }

    private Table arguments() {
        Table table = new Table("ARGUMENT", "TYPE", "REQUIRED", "DESCRIPTION");
        List<String> required = definition.itemsAt("inputSchema", "required").stream()
                .map(JsonTree::text)
                .toList();
        Map<String, JsonTree> properties = definition
                .at("inputSchema", "properties")
                .map(JsonTree::members)
                .orElse(Map.of());
        properties.forEach((name, schema) -> table.row(
                name,
                type(schema),
                required.contains(name) ? "yes" : "",
                schema.string("description").orElse("")));
        return table;
    }

    private static String type(JsonTree schema) {
        List<JsonTree> values = schema.itemsAt("enum");
        if (!values.isEmpty()) {
            return values.stream().map(JsonTree::text).collect(Collectors.joining("|"));
        }
        return schema.string("type")
                .orElseGet(() ->
                        schema.itemsAt("type").stream().map(JsonTree::text).collect(Collectors.joining("|")));
    }

    private Optional<String> hints() {
        List<String> hints = new ArrayList<>();
        if (definition.isTrue("annotations", "readOnlyHint")) {
            hints.add("reads only");
        }
        if (definition.isTrue("annotations", "destructiveHint")) {
            hints.add("may destroy");
        }
        if (definition.isTrue("annotations", "idempotentHint")) {
            hints.add("twice is as good as once");
        }
        return hints.isEmpty() ? Optional.empty() : Optional.of("by its own account: " + String.join(", ", hints));
    }
}
