package io.toolstream.cli;

import io.toolstream.cli.OutputOption.Format;
import io.toolstream.cli.json.JsonLayout;
import io.toolstream.client.JsonText;
import java.util.List;
import java.util.Map;

/** Prints values for programs: as one JSON value, or as one line for each. */
public final class JsonOutput {
    private JsonOutput() {}

    /** A list: an array, or one line per item. */
    public static void printAll(Console console, Format format, List<Map<String, Object>> items) {
        JsonItems printed = new JsonItems(console, format);
        items.forEach(printed::print);
        printed.end();
    }

    /** One value: laid out, or on one line. */
    public static void print(Console console, Format format, Map<String, Object> value) {
        String json = JsonText.of(value).text();
        console.out().println(format == Format.JSONL ? JsonLayout.line(json) : JsonLayout.indented(json));
    }
}
