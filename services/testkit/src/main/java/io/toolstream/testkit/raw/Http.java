package io.toolstream.testkit.raw;

import java.nio.charset.StandardCharsets;

/** HTTP responses as text. */
public final class Http {
    private Http() {}

    public static String json(int status, String body) {
        return response(status, "application/json", "", body);
    }

    /** @param more further header lines, each with its line end */
    public static String response(int status, String type, String more, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return "HTTP/1.1 " + status + " Status\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n"
                + more + "\r\n" + body;
    }

    /** An event stream in one chunk, ended. */
    public static String sse(String... events) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk(String.join("", events)) + "0\r\n\r\n";
    }

    public static String event(String data) {
        return "event: message\ndata: " + data + "\n\n";
    }

    public static String chunk(String content) {
        return Integer.toHexString(content.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + content + "\r\n";
    }

    public static String result(long id, String text) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + content(text) + "}";
    }

    public static String content(String text) {
        return "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
    }

    public static String error(String id, int code, String message) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":" + code + ",\"message\":\"" + message
                + "\"}}";
    }
}
