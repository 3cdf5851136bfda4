package io.toolstream.testkit;

import io.toolstream.testkit.json.Json;

/** What a request is answered. */
public sealed interface Answer {
    /** What the tool itself answers. */
    record OfTool() implements Answer {}

    /** A JSON-RPC result, as JSON text. */
    record Result(String json) implements Answer {}

    /** A JSON-RPC error. */
    record Failure(int code, String message) implements Answer {}

    /** No answer, until the call is cancelled or the server closed. */
    record Never() implements Answer {}

    static Answer ofTool() {
        return new OfTool();
    }

    static Answer result(String json) {
        return new Result(json);
    }

    /** A tool result with one text. */
    static Answer text(String text) {
        return new Result(content(text) + "}");
    }

    /** A tool result with one text and {@code isError: true}. */
    static Answer toolError(String text) {
        return new Result(content(text) + ",\"isError\":true}");
    }

    /** A tool result with one text and structured content. */
    static Answer structured(String text, String structuredJson) {
        return new Result(content(text) + ",\"structuredContent\":" + structuredJson + "}");
    }

    static Answer failure(int code, String message) {
        return new Failure(code, message);
    }

    static Answer never() {
        return new Never();
    }

    private static String content(String text) {
        return "{\"content\":[{\"type\":\"text\",\"text\":" + Json.quote(text) + "}]";
    }
}
