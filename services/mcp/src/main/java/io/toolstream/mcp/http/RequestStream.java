package io.toolstream.mcp.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request and its answer on a stream of a {@link SharedConnection}. Event loop only. */
final class RequestStream {
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int DRAIN_BYTES = 64 << 10;

    private final int id;
    private final ChannelFuture headersOut;
    private final long sentNanos = System.nanoTime();
    private @Nullable HttpExchange exchange;
    private @Nullable AnswerBody body;
    private @Nullable String refusal;
    private @Nullable String resetBy;
    private long limitNanos;
    private int drained;

    RequestStream(int id, HttpExchange exchange, ChannelFuture headersOut) {
        this.id = id;
        this.exchange = exchange;
        this.headersOut = headersOut;
        limit(exchange.message(), sentNanos, exchange.answers().firstByteNanos());
    }

    int id() {
        return id;
    }

    long sentNanos() {
        return sentNanos;
    }

    long limitNanos() {
        return limitNanos;
    }

    /** Whether the reply was given. */
    boolean isOver() {
        return exchange == null;
    }

    boolean carries(HttpExchange other) {
        return exchange == other;
    }

    /** So long from now, but never beyond the request's deadline. */
    private void limit(Outbound message, long now, long nanos) {
        long deadline = message.deadlineNanos();
        limitNanos = now + nanos - deadline < 0 ? now + nanos : deadline;
    }

    /** Returns whether more is wanted. */
    boolean onHeaders(Http2Headers headers, boolean isEnd) {
        HttpExchange asked = exchange;
        if (asked == null) {
            return isEnd;
        }
        if (body == null) {
            int status = status(headers);
            if (status >= 100 && status < 200 && status != 101 && !isEnd) {
                return true;
            }
            if (status < 200) {
                fail(Kind.PROTOCOL, Delivery.MAYBE, "the answer has no status", null);
                return false;
            }
            onHead(ResponseHead.of(status, headers), asked);
        }
        if (isEnd) {
            end();
        }
        return exchange != null;
    }

    private static int status(Http2Headers headers) {
        CharSequence status = headers.status();
        if (status == null || status.length() != 3 || status.charAt(0) == '0') {
            return 0;
        }
        int number = 0;
        for (int i = 0; i < 3; i++) {
            char digit = status.charAt(i);
            if (digit < '0' || digit > '9') {
                return 0;
            }
            number = 10 * number + digit - '0';
        }
        return number;
    }

    private void onHead(ResponseHead head, HttpExchange asked) {
        limit(asked.message(), System.nanoTime(), asked.answers().idleNanos());
        Reply refusal = asked.answers().refusal(head, asked.message());
        if (refusal != null) {
            finish(refusal);
        } else {
            body = asked.answers().body(head, asked.message());
        }
    }

    /** Returns whether more is wanted. What follows an answered stream is its end, normally. */
    boolean onData(ByteBuf data, boolean isEnd) {
        HttpExchange asked = exchange;
        if (asked == null || body == null) {
            drained += data.readableBytes();
            return drained <= DRAIN_BYTES;
        }
        limit(asked.message(), System.nanoTime(), asked.answers().idleNanos());
        Reply reply = data.isReadable() ? body.feed(data) : null;
        if (reply == null) {
            if (isEnd) {
                end();
            }
            return true;
        }
        finish(reply);
        limitNanos = System.nanoTime() + DRAIN_NANOS;
        return reply instanceof Reply.Answered;
    }

    private void end() {
        if (body != null) {
            finish(body.end());
        }
    }

    /** The server has not looked at it. */
    void refuse(String why) {
        refusal = why;
    }

    void onReset(long code) {
        if (code == Http2Error.REFUSED_STREAM.code()) {
            refuse("the server refused the stream");
        } else {
            Http2Error error = Http2Error.valueOf(code);
            resetBy = "the server reset the stream (" + (error == null ? "code " + code : error.name()) + ")";
        }
    }

    /** Nobody waits for it any more. */
    void abandon() {
        exchange = null;
        body = null;
    }

    void expire() {
        if (exchange == null) {
            return;
        }
        boolean isTotal = System.nanoTime() - exchange.message().deadlineNanos() >= 0;
        String which = body == null ? "no first byte in time" : "the answer stalled";
        fail(Kind.TIMEOUT, Delivery.MAYBE, isTotal ? "no answer in time" : which, null);
    }

    /**
     * The stream is over; without an answer until now there will be none. What has not left by now never will, and no
     * server acts upon part of a frame.
     */
    void onClosed(@Nullable Throwable cause) {
        HttpExchange open = exchange;
        if (open == null) {
            return;
        }
        if (refusal != null || !headersOut.isSuccess()) {
            abandon();
            open.takeBack(refusal != null ? refusal : "the connection broke");
            return;
        }
        String broken = body == null ? "the connection broke" : "the connection broke within the answer";
        fail(Kind.CONNECTION_LOST, Delivery.MAYBE, resetBy != null ? resetBy : broken, cause);
    }

    void fail(Kind kind, Delivery delivery, String why, @Nullable Throwable cause) {
        finish(new Reply.Failed(new McpException(kind, delivery, why, cause)));
    }

    private void finish(Reply reply) {
        HttpExchange finished = exchange;
        abandon();
        if (finished != null) {
            finished.finish(reply);
        }
    }
}
