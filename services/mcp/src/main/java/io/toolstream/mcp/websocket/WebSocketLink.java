package io.toolstream.mcp.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.tcp.Heartbeat;
import io.toolstream.mcp.tcp.LazyTimer;
import io.toolstream.mcp.transport.Exchange;
import io.toolstream.mcp.transport.HttpFields;
import io.toolstream.mcp.transport.Inbox;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import io.toolstream.mcp.transport.ReplyHead;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket: many requests under way, matched by id in whatever order the answers come. Open until it is closed by
 * anybody; never opened again. Its state belongs to its event loop; the methods of {@link Link} may come from any thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of writing and closing comes back as channelInactive
final class WebSocketLink extends ChannelInboundHandlerAdapter implements Link {
    private final WebSocketContext context;
    private final Channel channel;
    private final Inbox inbox;
    private final LongObjectMap<SocketExchange> pending = new LongObjectHashMap<>();
    private final MessageAssembly assembly;
    private final Heartbeat heartbeat;
    private final LazyTimer timer;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private volatile boolean isOpen = true;
    private volatile int inFlight;
    private boolean wasUsed;
    private boolean isFlushDue;
    private long queuedBytes;
    private int garbage;
    private @Nullable Throwable cause;

    WebSocketLink(WebSocketContext context, Channel channel, Inbox inbox) {
        this.context = context;
        this.channel = channel;
        this.inbox = inbox;
        this.assembly = new MessageAssembly(context.messageBytes());
        this.heartbeat = new Heartbeat(context.sharing(), System.nanoTime());
        this.timer = new LazyTimer(context.loop(), this::onTime);
    }

    EventLoop loop() {
        return context.loop();
    }

    int messageBytes() {
        return context.messageBytes();
    }

    int inFlight() {
        return inFlight;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public boolean isPrivate() {
        return true;
    }

    @Override
    public Exchange request(Outbound message, Consumer<Reply> onReply) {
        SocketExchange exchange = new SocketExchange(this, message, onReply);
        try {
            loop().execute(exchange);
        } catch (RejectedExecutionException e) {
            exchange.fail(Kind.CLOSED, "the client is closed");
        }
        return exchange;
    }

    @Override
    public Exchange listen(Outbound message, Consumer<Reply> onEnd) {
        return message.isRequest() ? request(message, onEnd) : () -> {};
    }

    void send(SocketExchange exchange) {
        Outbound message = exchange.message();
        if (exchange.isDone()) {
            return;
        }
        if (!isOpen) {
            exchange.fail(Kind.CONNECTION_LOST, "the socket has ended");
        } else if (pending.size() >= context.sharing().maxInFlight()) {
            exchange.fail(Kind.POOL_EXHAUSTED, "too many requests under way");
        } else if (queuedBytes + message.json().length > context.sharing().outboundBytes()) {
            exchange.fail(Kind.POOL_EXHAUSTED, "too many bytes wait to be sent");
        } else {
            if (wasUsed) {
                context.counters().reused();
            }
            wasUsed = true;
            pending.put(message.id(), exchange);
            inFlight = pending.size();
            exchange.sent(write(message));
            timer.armBy(message.deadlineNanos());
        }
    }

    private ChannelFuture write(Outbound message) {
        int length = message.json().length;
        queuedBytes += length;
        ChannelFuture written = channel.write(new TextWebSocketFrame(Unpooled.wrappedBuffer(message.json())));
        written.addListener(done -> queuedBytes -= length);
        if (!isFlushDue) {
            isFlushDue = true;
            loop().execute(this::flush);
        }
        return written;
    }

    /** Messages that come together leave together. */
    private void flush() {
        isFlushDue = false;
        channel.flush();
    }

    void forget(SocketExchange exchange) {
        pending.remove(exchange.message().id());
        inFlight = pending.size();
    }

    @Override
    public CompletableFuture<Void> tell(Outbound message) {
        inLoop(() -> {
            if (isOpen
                    && queuedBytes + message.json().length <= context.sharing().outboundBytes()) {
                write(message);
            }
        });
        return CompletableFuture.completedFuture(null);
    }

    private void inLoop(Runnable task) {
        try {
            loop().execute(task);
        } catch (RejectedExecutionException e) {
            // The loop is gone, and so is the socket.
            gone.complete(null);
        }
    }

    @Override
    public CompletableFuture<Void> endSession(HttpFields fields) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void discard(String reason) {
        inLoop(() ->
                end(WebSocketCloseStatus.POLICY_VIOLATION, Kind.CONNECTION_LOST, "the socket was closed: " + reason));
    }

    /** Fails what is under way and says good-bye. Completes when the socket is closed. */
    CompletableFuture<Void> end() {
        inLoop(() -> end(WebSocketCloseStatus.NORMAL_CLOSURE, Kind.CLOSED, "the client is closed"));
        return gone;
    }

    private void end(WebSocketCloseStatus status, Kind kind, String why) {
        if (isOpen) {
            shut();
            failAll(exchange -> exchange.fail(kind, why));
            channel.writeAndFlush(new CloseWebSocketFrame(status)).addListener(written -> channel.close());
        }
    }

    private void shut() {
        isOpen = false;
        timer.close();
        context.ended(this);
    }

    private void failAll(Consumer<SocketExchange> how) {
        List<SocketExchange> failed = List.copyOf(pending.values());
        pending.clear();
        inFlight = 0;
        failed.forEach(how);
    }

    private void onTime() {
        long now = System.nanoTime();
        switch (heartbeat.beat(now, 1)) {
            case NONE -> {}
            case PING -> channel.writeAndFlush(new PingWebSocketFrame());
            case DEAD -> {
                shut();
                failAll(exchange -> exchange.fail(Kind.CONNECTION_LOST, "the server answers no ping any more"));
                channel.close();
                return;
            }
        }
        timer.armBy(heartbeat.dueNanos());
        for (SocketExchange exchange : List.copyOf(pending.values())) {
            long deadlineNanos = exchange.message().deadlineNanos();
            if (now - deadlineNanos >= 0) {
                forget(exchange);
                exchange.fail(Kind.TIMEOUT, "no answer in time");
            } else {
                timer.armBy(deadlineNanos);
            }
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        timer.armBy(heartbeat.dueNanos());
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object received) {
        try {
            heartbeat.heard();
            if (isOpen && received instanceof WebSocketFrame frame) {
                onFrame(frame);
            }
        } finally {
            ReferenceCountUtil.release(received);
        }
    }

    private void onFrame(WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
            onPart(frame.content(), frame.isFinalFragment());
        } else if (frame instanceof PingWebSocketFrame) {
            channel.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        } else if (frame instanceof CloseWebSocketFrame close) {
            closedByServer(close.statusCode());
        } else if (!(frame instanceof PongWebSocketFrame)) {
            end(WebSocketCloseStatus.INVALID_MESSAGE_TYPE, Kind.PROTOCOL, "the server sent what is no text");
        }
    }

    private void onPart(ByteBuf part, boolean isLast) {
        if (!assembly.add(part)) {
            end(WebSocketCloseStatus.MESSAGE_TOO_BIG, Kind.CONNECTION_LOST, "the server sent a message over the limit");
        } else if (isLast) {
            byte[] message = assembly.take();
            received(context.reader().read(message, 0, message.length));
        }
    }

    private void received(RpcMessage message) {
        if (message instanceof RpcMessage.Unreadable) {
            context.anomalies().unreadable();
            if (++garbage > context.garbageMessages()) {
                end(WebSocketCloseStatus.POLICY_VIOLATION, Kind.CONNECTION_LOST, "the server sends what is no message");
            }
            return;
        }
        garbage = 0;
        if (message instanceof RpcMessage.Response response) {
            answered(response);
        } else if (message instanceof RpcMessage.Batch batch) {
            batch.messages().forEach(this::received);
        } else {
            inbox.accept(this, message);
        }
    }

    private void answered(RpcMessage.Response response) {
        SocketExchange exchange = pending.remove(response.id());
        inFlight = pending.size();
        if (exchange == null) {
            context.anomalies().strayAnswer();
        } else {
            exchange.finish(new Reply.Answered(response, ReplyHead.NONE));
        }
    }

    private void closedByServer(int status) {
        shut();
        failAll(exchange -> exchange.lose(
                Kind.CONNECTION_LOST, "the server closed the socket" + (status < 0 ? "" : " (" + status + ")"), null));
        channel.writeAndFlush(new CloseWebSocketFrame()).addListener(written -> channel.close());
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        if (isOpen) {
            shut();
            failAll(exchange -> exchange.lose(Kind.CONNECTION_LOST, "the connection broke", cause));
        }
        gone.complete(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable thrown) {
        cause = thrown;
        if (thrown instanceof CorruptedWebSocketFrameException broken && isOpen) {
            end(broken.closeStatus(), Kind.CONNECTION_LOST, "the server broke the WebSocket protocol");
        } else {
            from.close();
        }
    }
}
