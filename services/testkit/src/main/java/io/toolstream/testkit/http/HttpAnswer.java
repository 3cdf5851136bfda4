package io.toolstream.testkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer in bytes: its head, and its body in the pieces in which it leaves.
 *
 * @param pause before each piece of the body but the first
 */
public record HttpAnswer(byte[] head, List<byte[]> body, Duration pause) {
    public HttpAnswer {
        body = List.copyOf(body);
    }

    /** An answer of known length. */
    public static HttpAnswer of(int status, Map<String, String> headers, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Length", Integer.toString(bytes.length));
        return new HttpAnswer(head(status, all), List.of(bytes), Duration.ZERO);
    }

    /** A server-sent event stream: each event is a chunk. */
    public static HttpAnswer stream(Map<String, String> headers, List<String> events, Duration pause) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Type", "text/event-stream");
        all.put("Cache-Control", "no-cache");
        all.put("Transfer-Encoding", "chunked");
        List<byte[]> chunks = new ArrayList<>();
        events.forEach(event -> chunks.add(chunk(event)));
        chunks.add("0\r\n\r\n".getBytes(UTF_8));
        return new HttpAnswer(head(200, all), chunks, pause);
    }

    /** One chunk of a chunked body. */
    public static byte[] chunk(String text) {
        int length = text.getBytes(UTF_8).length;
        return (Integer.toHexString(length) + "\r\n" + text + "\r\n").getBytes(UTF_8);
    }

    private static byte[] head(int status, Map<String, String> headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status " + status + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString().getBytes(UTF_8);
    }
}
