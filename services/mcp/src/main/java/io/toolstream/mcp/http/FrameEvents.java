package io.toolstream.mcp.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/** What the other end of an HTTP/2 connection says. Event loop only. */
interface FrameEvents {
    /** @param maxStreams how many streams it allows from now on; null if it does not say */
    void onSettings(@Nullable Long maxStreams);

    void onHeaders(int id, Http2Headers headers, boolean isEnd);

    /** The bytes are not kept. */
    void onData(int id, ByteBuf data, boolean isEnd);

    /** The stream is closed next. */
    void onReset(int id, long code);

    /** Streams above this one were not looked at, and are closed next; there will be no new ones. */
    void onGoAway(int lastStreamId);

    /** A stream is over, for whatever reason. */
    void onStreamClosed(int id);

    /** Something came that is about no stream. */
    void onHeard();

    /** The connection is broken; its end follows. */
    void onError(Throwable thrown);
}
