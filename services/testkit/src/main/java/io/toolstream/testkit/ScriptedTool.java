package io.toolstream.testkit;

import io.toolstream.testkit.json.Json;

/**
 * A tool of the server.
 *
 * @param definition its entry in {@code tools/list}, as JSON text
 */
public record ScriptedTool(String name, String definition, Handler handler) {

    /** What the tool does. May block; runs on the thread of its connection (HTTP) or on one of its own (stdio). */
    @FunctionalInterface
    public interface Handler {
        Answer run(Json arguments, Cancellation cancellation);
    }

    /** A tool with an input schema, given as JSON text, and no hints. */
    public static ScriptedTool of(String name, String inputSchema, Handler handler) {
        return new ScriptedTool(name, definition(name, inputSchema, ""), handler);
    }

    /** The same with {@code readOnlyHint: true}. */
    public static ScriptedTool reading(String name, String inputSchema, Handler handler) {
        String hints = ",\"annotations\":{\"readOnlyHint\":true,\"openWorldHint\":false}";
        return new ScriptedTool(name, definition(name, inputSchema, hints), handler);
    }

    private static String definition(String name, String inputSchema, String hints) {
        return "{\"name\":" + Json.quote(name) + ",\"description\":" + Json.quote("The test tool " + name)
                + ",\"inputSchema\":" + inputSchema + hints + "}";
    }
}
