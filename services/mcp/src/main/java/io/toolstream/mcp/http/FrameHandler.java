package io.toolstream.mcp.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * Netty's HTTP/2 codec as a {@link SharedConnection} uses it: frames out by method, frames in as {@link FrameEvents}.
 * Bytes are taken over as they come, so windows are given back at once; what an answer may cost is bounded by its body.
 * Event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write ends in a closed stream or channel
final class FrameHandler extends Http2ConnectionHandler {
    private static final int STREAM_WINDOW = 1 << 20;
    private static final int CONNECTION_WINDOW = 8 << 20;
    private static final int STANDARD_WINDOW = (1 << 16) - 1;

    private final FrameEvents events;

    private FrameHandler(
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings,
            FrameEvents events) {
        super(decoder, encoder, settings);
        this.events = events;
    }

    static FrameHandler telling(FrameEvents events) {
        return new Builder(events).build();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
        super.handlerAdded(context);
        decoder()
                .flowController()
                .incrementWindowSize(connection().connectionStream(), CONNECTION_WINDOW - STANDARD_WINDOW);
        context.flush();
    }

    /** Negative once all have been used. */
    int nextStreamId() {
        return connection().local().incrementAndGetNextStreamId();
    }

    /** The promise fails at once if the stream cannot be opened. */
    void open(ChannelHandlerContext context, int id, Http2Headers headers, boolean isEnd, ChannelPromise headersOut) {
        encoder().writeHeaders(context, id, headers, 0, isEnd, headersOut);
    }

    /** The whole of a request's body, as the windows allow. */
    void body(ChannelHandlerContext context, int id, ByteBuf body) {
        encoder().writeData(context, id, body, 0, true, context.newPromise());
    }

    void cancel(ChannelHandlerContext context, int id) {
        resetStream(context, id, Http2Error.CANCEL.code(), context.newPromise());
    }

    void ping(ChannelHandlerContext context) {
        encoder().writePing(context, false, 0, context.newPromise());
    }

    /** Whether our side of a stream is open: the answer was complete before the request. */
    boolean isSending(int id) {
        Http2Stream stream = connection().stream(id);
        return stream != null && stream.state().localSideOpen();
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext context, boolean isOutbound, Throwable cause, Http2Exception error) {
        events.onError(cause);
        super.onConnectionError(context, isOutbound, cause, error);
    }

    /** Makes the codec with what a hostile server could abuse bounded. */
    private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<FrameHandler, Builder> {
        private final FrameEvents events;

        Builder(FrameEvents events) {
            this.events = events;
            server(false);
            frameListener(new Listener(events));
            initialSettings(Http2Settings.defaultSettings()
                    .pushEnabled(false)
                    .initialWindowSize(STREAM_WINDOW)
                    .maxHeaderListSize(HttpWire.HEADER_BYTES));
        }

        @Override
        protected FrameHandler build() {
            return super.build();
        }

        @Override
        protected FrameHandler build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            FrameHandler made = new FrameHandler(decoder, encoder, settings, events);
            made.connection().addListener(new Endings(events));
            return made;
        }
    }

    /** Frames in. */
    private static final class Listener extends Http2FrameAdapter {
        private final FrameEvents events;

        Listener(FrameEvents events) {
            this.events = events;
        }

        @Override
        public int onDataRead(ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean isEnd) {
            int length = data.readableBytes() + padding;
            events.onData(id, data, isEnd);
            return length;
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int id, Http2Headers headers, int padding, boolean isEnd) {
            events.onHeaders(id, headers, isEnd);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int id,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean isExclusive,
                int padding,
                boolean isEnd) {
            events.onHeaders(id, headers, isEnd);
        }

        @Override
        public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
            events.onSettings(settings.maxConcurrentStreams());
        }

        @Override
        public void onPingAckRead(ChannelHandlerContext context, long data) {
            events.onHeard();
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext context, int id, long code) {
            events.onReset(id, code);
        }
    }

    /** What ends, and in which order: first the GOAWAY, then the streams that it ends. */
    private static final class Endings extends Http2ConnectionAdapter {
        private final FrameEvents events;

        Endings(FrameEvents events) {
            this.events = events;
        }

        @Override
        public void onGoAwayReceived(int lastStreamId, long errorCode, ByteBuf debugData) {
            events.onGoAway(lastStreamId);
        }

        @Override
        public void onStreamClosed(Http2Stream stream) {
            events.onStreamClosed(stream.id());
        }
    }
}
