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

    /**
     * A whole message, as JSON text or what a script takes for it.
     *
     * @param text {@code $ID} in it becomes the request's id
     */
    record Message(String text) implements Answer {}

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

    static Answer message(String text) {
        return new Message(text);
    }

    /** A result that asks for input (2026-07-28), with these requests as JSON text. */
    static Answer inputRequired(String requestsJson, String requestState) {
        return new Result("{\"resultType\":\"input_required\",\"inputRequests\":" + requestsJson + ",\"requestState\":"
                + Json.quote(requestState) + "}");
    }

    static Answer never() {
        return new Never();
    }

    private static String content(String text) {
        return "{\"content\":[{\"type\":\"text\",\"text\":" + Json.quote(text) + "}]";
    }
}
