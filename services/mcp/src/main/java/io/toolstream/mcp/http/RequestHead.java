package io.toolstream.mcp.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.toolstream.mcp.transport.HttpFields;
import io.toolstream.mcp.transport.Outbound;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The part of a request's head that is the same for every request, encoded once. All values were checked before: nothing
 * that could end a line gets here.
 */
final class RequestHead {
    /** Fields that this client sets itself; an operator's would contradict it. */
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "content-type",
            "accept",
            "accept-encoding",
            "connection",
            "transfer-encoding",
            "upgrade",
            "te",
            "trailer",
            "mcp-session-id",
            "mcp-protocol-version",
            "mcp-method",
            "mcp-name",
            "last-event-id");

    private final byte[] start;

    private RequestHead(String start) {
        this.start = start.getBytes(StandardCharsets.US_ASCII);
    }

    static RequestHead post(Endpoint endpoint, Map<String, String> headers, String userAgent) {
        return new RequestHead(start("POST", endpoint, headers, userAgent)
                + "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n");
    }

    /** For the stream on which a server speaks by itself. */
    static RequestHead get(Endpoint endpoint, Map<String, String> headers, String userAgent) {
        return new RequestHead(start("GET", endpoint, headers, userAgent) + "Accept: text/event-stream\r\n");
    }

    static RequestHead delete(Endpoint endpoint, Map<String, String> headers, String userAgent) {
        return new RequestHead(start("DELETE", endpoint, headers, userAgent));
    }

    private static String start(String method, Endpoint endpoint, Map<String, String> headers, String userAgent) {
        StringBuilder start = new StringBuilder(method + " " + endpoint.target() + " HTTP/1.1\r\n");
        start.append("Host: ").append(endpoint.authority()).append("\r\n");
        HttpFields fields = checked(headers);
        boolean isAgentGiven = headers.keySet().stream().anyMatch("user-agent"::equalsIgnoreCase);
        append(start, isAgentGiven ? fields : fields.with("User-Agent", userAgent));
        return start.toString();
    }

    private static HttpFields checked(Map<String, String> headers) {
        HttpFields fields = HttpFields.NONE;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (OURS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("HTTP field " + header.getKey() + " is set by the client itself");
            }
            fields = fields.with(header.getKey(), header.getValue());
        }
        return fields;
    }

    private static void append(StringBuilder text, HttpFields fields) {
        for (int i = 0; i < fields.size(); i++) {
            text.append(fields.name(i)).append(": ").append(fields.value(i)).append("\r\n");
        }
    }

    /** The whole request. */
    ByteBuf encode(ByteBufAllocator allocator, Outbound message) {
        StringBuilder rest = new StringBuilder(256);
        append(rest, message.fields());
        if (message.json().length > 0) {
            rest.append("Content-Length: ").append(message.json().length).append("\r\n");
        }
        rest.append("\r\n");
        ByteBuf request = allocator.ioBuffer(start.length + rest.length() + message.json().length);
        request.writeBytes(start);
        request.writeCharSequence(rest, StandardCharsets.US_ASCII);
        return request.writeBytes(message.json());
    }
}
