package io.toolstream.mcp.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.tcp.LazyTimer;
import io.toolstream.mcp.tcp.ProgressWatch;
import io.toolstream.mcp.transport.Reply;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection: idle, or with one request under way. Owned by its slice; event loop only. A connection whose
 * state is not beyond doubt is closed, never reused: after a time-out, a cancel, an answer cut short, bytes nobody asked
 * for, or an answer that came before the request was out.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of writing and closing comes back as channelInactive
final class HttpConnection extends ChannelInboundHandlerAdapter implements PooledConnection {
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int DRAIN_BYTES = 64 << 10;

    private final PoolSlice slice;
    private final HttpWire wire;
    private final Channel channel;
    private final @Nullable ProgressWatch watch;
    private final LazyTimer timer;
    private final long createdNanos = System.nanoTime();
    private final long lifetimeNanos;
    private Phase phase = Phase.IDLE;
    private @Nullable HttpExchange exchange;
    private @Nullable WritePromise write;
    private @Nullable AnswerBody body;
    private @Nullable Throwable cause;
    private boolean isInformational;
    private boolean isKeptAlive;
    private int drained;
    private long requests;
    private long idleSinceNanos = createdNanos;
    private long idleLimitNanos;

    /** Where a connection stands. */
    private enum Phase {
        IDLE,
        /** The request is written or being written; nothing of the answer is here. */
        SENT,
        /** The answer is coming in. */
        ANSWERING,
        /** The reply was given; the rest of the answer is thrown away. */
        DRAINING,
        CLOSED
    }

    HttpConnection(PoolSlice slice, HttpWire wire, Channel channel) {
        this.slice = slice;
        this.wire = wire;
        this.channel = channel;
        this.watch = channel.pipeline().get(ProgressWatch.class);
        this.timer = new LazyTimer(slice.loop(), this::onDeadline);
        this.lifetimeNanos = slice.nextLifetimeNanos();
        this.idleLimitNanos = wire.idleLimitNanos(null);
    }

    @Override
    public boolean wasUsed() {
        return requests > 0;
    }

    @Override
    public boolean isUsable(long nowNanos) {
        return channel.isActive()
                && nowNanos - idleSinceNanos < idleLimitNanos
                && nowNanos - createdNanos < lifetimeNanos;
    }

    @Override
    public int room() {
        return phase == Phase.IDLE ? 1 : 0;
    }

    @Override
    public int capacity() {
        return 1;
    }

    @Override
    public boolean isIdle() {
        return phase == Phase.IDLE;
    }

    @Override
    public long idleEndNanos() {
        long idleEnd = idleSinceNanos + idleLimitNanos;
        long lifeEnd = createdNanos + lifetimeNanos;
        return idleEnd - lifeEnd < 0 ? idleEnd : lifeEnd;
    }

    @Override
    public void send(HttpExchange taken) {
        assert slice.loop().inEventLoop() && phase == Phase.IDLE;
        exchange = taken;
        phase = Phase.SENT;
        requests++;
        taken.sentOver(this);
        if (watch != null) {
            watch.reset();
        }
        // Before anything can go wrong with the writing: then this ends it.
        limit(taken.answers().firstByteNanos());
        write = new WritePromise(channel);
        channel.writeAndFlush(taken.head().encode(channel.alloc(), taken.message()), write);
    }

    /** In this protocol only the end of the connection tells the server. */
    @Override
    public void cancel(HttpExchange given) {
        close();
    }

    @Override
    public void retire() {
        close();
    }

    private void close() {
        if (phase != Phase.CLOSED) {
            phase = Phase.CLOSED;
            exchange = null;
            timer.close();
            channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) {
        try {
            if (received instanceof HttpObject part && part.decoderResult().isFailure()) {
                onNoHttp(part.decoderResult().cause());
                return;
            }
            if (received instanceof HttpResponse response) {
                onHead(response);
            }
            if (received instanceof HttpContent content) {
                onContent(content.content(), received instanceof LastHttpContent);
            }
        } finally {
            ReferenceCountUtil.release(received);
        }
    }

    /** A head that the end of the connection cut off is not a breach; that end is told next. */
    private void onNoHttp(Throwable why) {
        if (!(why instanceof PrematureChannelClosureException)) {
            breakOff(Kind.PROTOCOL, Delivery.MAYBE, "the answer is not HTTP/1.1");
        }
    }

    private void onHead(HttpResponse response) {
        if (phase != Phase.SENT || exchange == null) {
            close();
            return;
        }
        int status = response.status().code();
        isInformational = status >= 100 && status < 200 && status != 101;
        if (isInformational) {
            return;
        }
        ResponseHead head = ResponseHead.of(response);
        isKeptAlive = head.isKeptAlive();
        idleLimitNanos = wire.idleLimitNanos(head.keepAlive());
        phase = Phase.ANSWERING;
        AnswerReader answers = exchange.answers();
        limit(answers.idleNanos());
        Reply refusal = answers.refusal(head, exchange.message());
        if (refusal != null) {
            decided(refusal, false);
        } else {
            body = answers.body(head, exchange.message());
        }
    }

    private void onContent(ByteBuf part, boolean isLast) {
        if (isInformational) {
            isInformational = !isLast;
            return;
        }
        if (phase == Phase.ANSWERING && body != null && exchange != null && part.isReadable()) {
            limit(exchange.answers().idleNanos());
            Reply reply = body.feed(part);
            if (reply != null) {
                decided(reply, reply instanceof Reply.Answered);
            }
        } else if (phase == Phase.DRAINING) {
            drained += part.readableBytes();
            if (drained > DRAIN_BYTES) {
                close();
            }
        }
        if (isLast) {
            onEnd();
        }
    }

    /** The reply is known before the answer has ended. What follows an answered stream is its end, normally. */
    private void decided(Reply reply, boolean isWorthDraining) {
        HttpExchange finished = exchange;
        exchange = null;
        body = null;
        drained = 0;
        if (isWorthDraining) {
            phase = Phase.DRAINING;
            timer.arm(System.nanoTime() + DRAIN_NANOS);
        } else {
            close();
        }
        finish(finished, reply);
    }

    private void onEnd() {
        if (phase != Phase.ANSWERING && phase != Phase.DRAINING) {
            return;
        }
        HttpExchange finished = exchange;
        Reply reply = phase == Phase.ANSWERING && body != null ? body.end() : null;
        exchange = null;
        body = null;
        timer.disarm();
        phase = Phase.IDLE;
        if (isKeptAlive && write != null && write.isSuccess()) {
            idleSinceNanos = System.nanoTime();
            slice.release(this);
        } else {
            close();
        }
        if (reply != null) {
            finish(finished, reply);
        }
    }

    private static void finish(@Nullable HttpExchange finished, Reply reply) {
        if (finished != null) {
            finished.finish(reply);
        }
    }

    /** The next limit: so long from now, but never beyond the request's deadline. */
    private void limit(long nanos) {
        long now = System.nanoTime();
        long deadline = exchange == null ? now + nanos : exchange.message().deadlineNanos();
        timer.arm(now + nanos - deadline < 0 ? now + nanos : deadline);
    }

    private void onDeadline() {
        if (exchange == null) {
            close();
            return;
        }
        boolean isTotal = System.nanoTime() - exchange.message().deadlineNanos() >= 0;
        String which =
                isTotal ? "no answer in time" : phase == Phase.SENT ? "no first byte in time" : "the answer stalled";
        breakOff(Kind.TIMEOUT, Delivery.MAYBE, which);
    }

    @Override
    public void breakOff(Kind kind, Delivery delivery, String why) {
        HttpExchange failed = exchange;
        Throwable because = cause;
        close();
        finish(failed, new Reply.Failed(new McpException(kind, delivery, why, because)));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        HttpExchange lost = exchange;
        boolean isUnsent = write != null && write.isProvablyUnsent() && (watch == null || !watch.hasProgressed());
        boolean wasReused = requests > 1;
        if (lost != null && isUnsent && wasReused) {
            exchange = null;
            close();
            slice.closed(this);
            lost.takeBack("the connection broke");
            return;
        }
        String where = phase == Phase.ANSWERING ? "the connection broke within the answer" : "the connection broke";
        breakOff(Kind.CONNECTION_LOST, isUnsent ? Delivery.NOT_SENT : Delivery.MAYBE, where);
        slice.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        cause = thrown;
        context.close();
    }
}
