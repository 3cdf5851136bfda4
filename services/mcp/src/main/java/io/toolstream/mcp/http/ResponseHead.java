package io.toolstream.mcp.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.toolstream.mcp.transport.HttpFields;
import io.toolstream.mcp.transport.ReplyHead;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
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
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final AsciiString SESSION_ID = AsciiString.cached("mcp-session-id");

    static ResponseHead of(HttpResponse response) {
        HttpHeaders headers = response.headers();
        return new ResponseHead(
                reply(response.status().code(), headers::get),
                HttpUtil.getContentLength(response, -1L),
                HttpUtil.isKeepAlive(response),
                isEncoded(headers.get(HttpHeaderNames.CONTENT_ENCODING)),
                KeepAlive.announced(headers.get("keep-alive")));
    }

    /** Of HTTP/2, where one answer says nothing about the connection. */
    static ResponseHead of(int status, Http2Headers headers) {
        Fields fields = name -> text(headers.get(name));
        return new ResponseHead(
                reply(status, fields),
                length(fields.value(HttpHeaderNames.CONTENT_LENGTH)),
                true,
                isEncoded(fields.value(HttpHeaderNames.CONTENT_ENCODING)),
                null);
    }

    /** Header fields by name. */
    private interface Fields {
        @Nullable
        String value(CharSequence name);
    }

    private static ReplyHead reply(int status, Fields fields) {
        return new ReplyHead(
                status,
                mediaType(fields.value(HttpHeaderNames.CONTENT_TYPE)),
                sessionId(fields.value(SESSION_ID)),
                retryAfter(fields.value(HttpHeaderNames.RETRY_AFTER)),
                fields.value(HttpHeaderNames.WWW_AUTHENTICATE));
    }

    private static @Nullable String text(@Nullable CharSequence value) {
        return value == null ? null : value.toString();
    }

    private static long length(@Nullable String value) {
        return value != null && LENGTH.matcher(value).matches() ? Long.parseLong(value) : -1;
    }

    private static boolean isEncoded(@Nullable String encoding) {
        return encoding != null && !encoding.equalsIgnoreCase("identity");
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

    private static @Nullable Duration retryAfter(@Nullable String value) {
        return value == null ? null : RetryAfter.parse(value, Instant.now());
    }
}
