package io.toolstream.mcp.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.toolstream.mcp.transport.HttpFields;
import io.toolstream.mcp.transport.ReplyHead;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the head of an HTTP response says to us.
 *
 * @param length of the body, or -1 if not declared
 * @param keepAlive what {@code Keep-Alive: timeout} promises
 */
record ResponseHead(
        ReplyHead reply,
        long length,
        boolean isKeptAlive,
        boolean isEncoded,
        @Nullable Duration keepAlive) {
    static final String JSON = "application/json";
    static final String EVENT_STREAM = "text/event-stream";

    static ResponseHead of(HttpResponse response) {
        HttpHeaders headers = response.headers();
        ReplyHead reply = new ReplyHead(
                response.status().code(),
                mediaType(headers.get(HttpHeaderNames.CONTENT_TYPE)),
                sessionId(headers.get("mcp-session-id")),
                retryAfter(headers));
        String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        return new ResponseHead(
                reply,
                HttpUtil.getContentLength(response, -1L),
                HttpUtil.isKeepAlive(response),
                encoding != null && !encoding.equalsIgnoreCase("identity"),
                KeepAlive.announced(headers.get("keep-alive")));
    }

    private static String mediaType(@Nullable String contentType) {
        if (contentType == null || contentType.equals(JSON)) {
            return contentType == null ? "" : JSON;
        }
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        return type.length() > 100 ? "" : type.toLowerCase(Locale.ROOT);
    }

    /** One that could not be sent back is none. */
    private static @Nullable String sessionId(@Nullable String value) {
        return value == null || value.isEmpty() || !HttpFields.isValue(value) ? null : value;
    }

    private static @Nullable Duration retryAfter(HttpHeaders headers) {
        String value = headers.get(HttpHeaderNames.RETRY_AFTER);
        return value == null ? null : RetryAfter.parse(value, Instant.now());
    }
}
