package io.toolstream.mcp.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.toolstream.mcp.McpClientSettings.Sharing;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.tcp.Heartbeat;
import io.toolstream.mcp.tcp.LazyTimer;
import io.toolstream.mcp.transport.Outbound;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection (RFC 9113) with many requests under way, each on a stream of its own. Owned by its slice; event
 * loop only. A request is <em>not sent</em> if the server says so (GOAWAY below its stream, REFUSED_STREAM) or if its
 * HEADERS frame was not handed to the operating system as a whole; else it may have run.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of writing and closing comes back as closed streams
final class SharedConnection implements PooledConnection, FrameEvents {
    private final PoolSlice slice;
    private final HttpWire wire;
    private final Channel channel;
    private final FrameHandler frames;
    private final ChannelHandlerContext context;
    private final Promise<Void> begun;
    private final Heartbeat heartbeat;
    private final LazyTimer timer;
    private final IntObjectMap<RequestStream> streams = new IntObjectHashMap<>();
    private final long createdNanos = System.nanoTime();
    private final long lifetimeNanos;
    private final int maxInFlight;
    private long peerLimit = Long.MAX_VALUE;
    private long idleSinceNanos = createdNanos;
    private boolean wasUsed;
    private boolean isLeaving;
    private boolean isFlushDue;
    private @Nullable Throwable cause;

    SharedConnection(PoolSlice slice, HttpWire wire, Channel channel) {
        this.slice = slice;
        this.wire = wire;
        this.channel = channel;
        Sharing sharing = wire.settings().sharing();
        this.maxInFlight = sharing.maxInFlight();
        this.lifetimeNanos = slice.nextLifetimeNanos();
        this.heartbeat = new Heartbeat(sharing, createdNanos);
        this.timer = new LazyTimer(slice.loop(), this::onTime);
        this.begun = slice.loop().newPromise();
        this.frames = FrameHandler.telling(this);
        channel.closeFuture().addListener(closed -> onClosed());
        channel.pipeline().addLast(frames);
        this.context = channel.pipeline().context(frames);
    }

    /** Done when the server has said its settings; fails if the connection ends before. */
    Future<Void> begun() {
        return begun;
    }

    @Override
    public boolean wasUsed() {
        return wasUsed;
    }

    @Override
    public boolean isUsable(long nowNanos) {
        return channel.isActive()
                && !isLeaving
                && nowNanos - createdNanos < lifetimeNanos
                && (!streams.isEmpty() || nowNanos - idleSinceNanos < wire.longestIdleNanos());
    }

    @Override
    public int room() {
        return isLeaving ? 0 : Math.max(0, capacity() - streams.size());
    }

    @Override
    public int capacity() {
        return (int) Math.min(maxInFlight, peerLimit);
    }

    @Override
    public boolean isIdle() {
        return streams.isEmpty();
    }

    @Override
    public long idleEndNanos() {
        long lifeEnd = createdNanos + lifetimeNanos;
        long idleEnd = idleSinceNanos + wire.longestIdleNanos();
        return streams.isEmpty() && idleEnd - lifeEnd < 0 ? idleEnd : lifeEnd;
    }

    @Override
    public void send(HttpExchange taken) {
        assert slice.loop().inEventLoop() && room() > 0;
        int id = frames.nextStreamId();
        if (id < 0) {
            retire();
            taken.takeBack("the connection has used up its streams");
            return;
        }
        wasUsed = true;
        taken.sentOver(this);
        Outbound message = taken.message();
        ChannelPromise headersOut = channel.newPromise();
        RequestStream stream = new RequestStream(id, taken, headersOut);
        streams.put(id, stream);
        boolean hasBody = message.json().length > 0;
        frames.open(context, id, taken.head().frame(message), !hasBody, headersOut);
        if (headersOut.isDone() && !headersOut.isSuccess()) {
            onStreamClosed(id);
            return;
        }
        if (hasBody) {
            frames.body(context, id, Unpooled.wrappedBuffer(message.json()));
        }
        heartbeat.began(stream.sentNanos(), streams.size());
        timer.armBy(earlier(stream.limitNanos(), heartbeat.dueNanos()));
        flushSoon();
    }

    /** Requests that come together leave together. */
    private void flushSoon() {
        if (!isFlushDue) {
            isFlushDue = true;
            slice.loop().execute(this::flush);
        }
    }

    private void flush() {
        isFlushDue = false;
        channel.flush();
    }

    @Override
    public void cancel(HttpExchange given) {
        for (RequestStream stream : List.copyOf(streams.values())) {
            if (stream.carries(given)) {
                stream.abandon();
                reset(stream.id());
            }
        }
    }

    private void reset(int id) {
        frames.cancel(context, id);
        flushSoon();
    }

    @Override
    public void retire() {
        if (!isLeaving) {
            isLeaving = true;
            slice.withdraw(this);
        }
        closeIfDone();
    }

    private void closeIfDone() {
        if (isLeaving && streams.isEmpty()) {
            channel.close();
        }
    }

    @Override
    public void breakOff(Kind kind, Delivery delivery, String why) {
        isLeaving = true;
        slice.withdraw(this);
        List<RequestStream> failed = List.copyOf(streams.values());
        failed.forEach(stream -> stream.fail(kind, delivery, why, cause));
        context.close();
    }

    private void onTime() {
        long now = System.nanoTime();
        switch (heartbeat.beat(now, streams.size())) {
            case NONE -> {}
            case PING -> {
                frames.ping(context);
                flush();
            }
            case DEAD -> {
                breakOff(
                        Kind.CONNECTION_LOST, Delivery.MAYBE, "the server does not answer on this connection any more");
                return;
            }
        }
        long next = heartbeat.dueNanos();
        for (RequestStream stream : List.copyOf(streams.values())) {
            if (now - stream.limitNanos() >= 0) {
                stream.expire();
                reset(stream.id());
            } else {
                next = earlier(next, stream.limitNanos());
            }
        }
        if (!streams.isEmpty()) {
            timer.arm(next);
        }
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }

    @Override
    public void onSettings(@Nullable Long maxStreams) {
        boolean wasFull = room() == 0;
        if (maxStreams != null) {
            peerLimit = maxStreams;
        }
        wire.capacity().saw(capacity(), System.nanoTime());
        if (begun.trySuccess(null)) {
            return;
        }
        if (wasFull && room() > 0) {
            slice.release(this);
        } else if (!wasFull && room() == 0) {
            slice.full(this);
        }
    }

    @Override
    public void onHeaders(int id, Http2Headers headers, boolean isEnd) {
        heartbeat.heard();
        RequestStream stream = streams.get(id);
        if (stream != null) {
            heard(stream, stream.onHeaders(headers, isEnd), isEnd);
        }
    }

    @Override
    public void onData(int id, ByteBuf data, boolean isEnd) {
        heartbeat.heard();
        RequestStream stream = streams.get(id);
        if (stream != null) {
            heard(stream, stream.onData(data, isEnd), isEnd);
        }
    }

    /** Ended streams close by themselves, unless the request is not out yet. */
    private void heard(RequestStream stream, boolean isMoreWanted, boolean isEnd) {
        if (isEnd ? frames.isSending(stream.id()) : !isMoreWanted) {
            reset(stream.id());
        } else if (!isEnd && stream.isOver()) {
            timer.armBy(stream.limitNanos());
        }
    }

    @Override
    public void onHeard() {
        heartbeat.heard();
    }

    @Override
    public void onReset(int id, long code) {
        RequestStream stream = streams.get(id);
        if (stream != null) {
            stream.onReset(code);
        }
    }

    @Override
    public void onGoAway(int lastStreamId) {
        for (RequestStream stream : streams.values()) {
            if (stream.id() > lastStreamId) {
                stream.refuse("the server is going away");
            }
        }
        isLeaving = true;
        slice.withdraw(this);
        slice.loop().execute(this::closeIfDone);
    }

    @Override
    public void onStreamClosed(int id) {
        RequestStream closed = streams.get(id);
        if (closed == null) {
            return;
        }
        boolean wasFull = room() == 0 && !isLeaving;
        streams.remove(id);
        closed.onClosed(cause);
        if (streams.isEmpty()) {
            idleSinceNanos = System.nanoTime();
            timer.disarm();
        }
        if (isLeaving) {
            closeIfDone();
        } else if (wasFull && room() > 0) {
            slice.release(this);
        } else if (streams.isEmpty()) {
            slice.rested(this);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        cause = thrown;
    }

    private void onClosed() {
        isLeaving = true;
        timer.close();
        List.copyOf(streams.keySet()).forEach(this::onStreamClosed);
        if (!begun.tryFailure(new ClosedChannelException())) {
            slice.closed(this);
        }
    }
}
