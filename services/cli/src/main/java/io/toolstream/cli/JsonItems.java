package io.toolstream.cli;

import io.toolstream.cli.OutputOption.Format;
import io.toolstream.cli.json.JsonLayout;
import io.toolstream.client.JsonText;
import java.util.Map;

/**
 * A list for programs whose items are printed as they come, for there may be more than fit into memory: an array, or one line
 * per item. An array that was not ended is not closed, so that nobody takes a part for the whole. For one thread.
 */
public final class JsonItems {
    private final Console console;
    private final boolean isArray;
    private boolean isFirst = true;

    public JsonItems(Console console, Format format) {
        this.console = console;
        this.isArray = format == Format.JSON;
    }

    public void print(Map<String, Object> item) {
        String json = JsonText.of(item).text();
        if (isArray) {
            console.out().print((isFirst ? "[" : ",") + JsonLayout.indentedItem(json));
            isFirst = false;
        } else {
            console.out().println(JsonLayout.line(json));
        }
    }

    /** There are no more. */
    public void end() {
        if (isArray) {
            console.out().println(isFirst ? "[]" : "\n]");
        }
    }
}
