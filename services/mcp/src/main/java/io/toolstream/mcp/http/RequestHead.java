package io.toolstream.mcp.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.toolstream.mcp.tcp.Endpoint;
import io.toolstream.mcp.tcp.OwnFields;
import io.toolstream.mcp.transport.HttpFields;
import io.toolstream.mcp.transport.Outbound;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The part of a request's head that is the same for every request, encoded once. All values were checked before: nothing
 * that could end a line gets here.
 */
final class RequestHead {
    /** What the fields of one message are expected to need. */
    private static final int FIELDS_BYTES = 256;

    private final byte[] start;
    private final Http2Headers frame;

    private RequestHead(String method, Endpoint endpoint, HttpFields fields) {
        this.start = text(method, endpoint, fields).getBytes(StandardCharsets.US_ASCII);
        this.frame = frame(method, endpoint, fields);
    }

    static RequestHead post(Endpoint endpoint, Map<String, String> headers, String userAgent) {
        HttpFields fields = OwnFields.of(headers, userAgent)
                .with("Content-Type", "application/json")
                .with("Accept", "application/json, text/event-stream");
        return new RequestHead("POST", endpoint, fields);
    }

    /** Asks for an event stream. */
    static RequestHead get(Endpoint endpoint, Map<String, String> headers, String userAgent) {
        HttpFields fields = OwnFields.of(headers, userAgent).with("Accept", "text/event-stream");
        return new RequestHead("GET", endpoint, fields);
    }

    static RequestHead delete(Endpoint endpoint, Map<String, String> headers, String userAgent) {
        return new RequestHead("DELETE", endpoint, OwnFields.of(headers, userAgent));
    }

    private static String text(String method, Endpoint endpoint, HttpFields fields) {
        StringBuilder start = new StringBuilder(method + " " + endpoint.target() + " HTTP/1.1\r\n");
        start.append("Host: ").append(endpoint.authority()).append("\r\n");
        append(start, fields);
        return start.toString();
    }

    private static Http2Headers frame(String method, Endpoint endpoint, HttpFields fields) {
        Http2Headers frame = new DefaultHttp2Headers(false)
                .method(method)
                .scheme(endpoint.isTls() ? "https" : "http")
                .authority(AsciiString.of(endpoint.authority()))
                .path(AsciiString.of(endpoint.target()));
        append(frame, fields);
        return frame;
    }

    private static void append(StringBuilder text, HttpFields fields) {
        for (int i = 0; i < fields.size(); i++) {
            text.append(fields.name(i)).append(": ").append(fields.value(i)).append("\r\n");
        }
    }

    private static void append(Http2Headers frame, HttpFields fields) {
        for (int i = 0; i < fields.size(); i++) {
            frame.add(AsciiString.of(fields.name(i)).toLowerCase(), AsciiString.of(fields.value(i)));
        }
    }

    /** The head of the request in HTTP/2; its length is what the frames say. */
    Http2Headers frame(Outbound message) {
        Http2Headers all = new DefaultHttp2Headers(false, 32).setAll(frame);
        append(all, message.fields());
        return all;
    }

    /** The whole request in HTTP/1.1. */
    ByteBuf encode(ByteBufAllocator allocator, Outbound message) {
        HttpFields fields = message.fields();
        ByteBuf request = allocator.ioBuffer(start.length + FIELDS_BYTES + message.json().length);
        request.writeBytes(start);
        for (int i = 0; i < fields.size(); i++) {
            write(request, fields.name(i), fields.value(i));
        }
        if (message.json().length > 0) {
            write(request, "Content-Length", Integer.toString(message.json().length));
        }
        ByteBufUtil.writeAscii(request, "\r\n");
        return request.writeBytes(message.json());
    }

    private static void write(ByteBuf request, String name, String value) {
        ByteBufUtil.writeAscii(request, name);
        ByteBufUtil.writeAscii(request, ": ");
        ByteBufUtil.writeAscii(request, value);
        ByteBufUtil.writeAscii(request, "\r\n");
    }
}
