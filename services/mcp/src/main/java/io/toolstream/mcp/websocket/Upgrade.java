package io.toolstream.mcp.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.tcp.Endpoint;
import io.toolstream.mcp.transport.HttpFields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake of a WebSocket (RFC 6455, section 4), from our request to the first frame. Offers the subprotocol
 * {@code mcp} and takes a server that knows none; offers no extensions, so that nothing is inflated. Event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of writing and closing comes back as channelInactive
final class Upgrade extends ChannelInboundHandlerAdapter {
    static final String SUBPROTOCOL = "mcp";

    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final HttpDecoderConfig DECODER =
            new HttpDecoderConfig().setMaxInitialLineLength(4096).setMaxHeaderSize(32 << 10);

    private final String key;
    private final WebSocketLink link;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /** The part of the request that is the same each time. */
    record Request(Endpoint endpoint, HttpFields fields) {
        private String text(String key) {
            StringBuilder text = new StringBuilder("GET " + endpoint.target() + " HTTP/1.1\r\n");
            text.append("Host: ").append(endpoint.authority());
            text.append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
            text.append("Sec-WebSocket-Key: ").append(key);
            text.append("\r\nSec-WebSocket-Protocol: ").append(SUBPROTOCOL).append("\r\n");
            for (int i = 0; i < fields.size(); i++) {
                text.append(fields.name(i)).append(": ").append(fields.value(i)).append("\r\n");
            }
            return text.append("\r\n").toString();
        }
    }

    private Upgrade(String key, WebSocketLink link) {
        this.key = key;
        this.link = link;
    }

    /** Fails with an {@link McpException} only; the channel is closed then. */
    static CompletableFuture<Void> begin(Channel channel, Request request, WebSocketLink link, long deadlineNanos) {
        byte[] nonce = new byte[16];
        ThreadLocalRandom.current().nextBytes(nonce);
        Upgrade upgrade = new Upgrade(Base64.getEncoder().encodeToString(nonce), link);
        channel.pipeline().addLast(new HttpResponseDecoder(DECODER), upgrade);
        long leftNanos = Math.max(1, deadlineNanos - System.nanoTime());
        Future<?> limit = channel.eventLoop()
                .schedule(
                        () -> upgrade.refuse(channel, Kind.CONNECT, "no answer in time"),
                        leftNanos,
                        TimeUnit.NANOSECONDS);
        upgrade.done.whenComplete((nothing, failure) -> limit.cancel(false));
        ByteBuf out = channel.alloc().buffer();
        out.writeCharSequence(request.text(upgrade.key), StandardCharsets.US_ASCII);
        channel.writeAndFlush(out);
        return upgrade.done;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) {
        try {
            if (done.isDone()) {
                return;
            }
            if (!(received instanceof HttpObject part) || part.decoderResult().isFailure()) {
                refuse(context.channel(), Kind.CONNECT, "it does not speak HTTP/1.1");
            } else if (received instanceof HttpResponse response) {
                onResponse(context.channel(), response);
            } else if (received instanceof LastHttpContent) {
                upgraded(context);
            }
        } finally {
            ReferenceCountUtil.release(received);
        }
    }

    private void onResponse(Channel channel, HttpResponse response) {
        int status = response.status().code();
        if (status != 101) {
            refuse(channel, kindOf(status), "it answered HTTP " + status);
            return;
        }
        HttpHeaders headers = response.headers();
        String problem = problem(headers);
        if (problem != null) {
            refuse(channel, Kind.PROTOCOL, problem);
        }
    }

    private static Kind kindOf(int status) {
        return switch (status) {
            case 401, 403 -> Kind.UNAUTHORIZED;
            case 429 -> Kind.RATE_LIMITED;
            default -> Kind.CONNECT;
        };
    }

    private @Nullable String problem(HttpHeaders headers) {
        String protocol = headers.get("sec-websocket-protocol");
        if (!accept().equals(headers.get("sec-websocket-accept"))
                || !headers.containsValue("connection", "upgrade", true)
                || !headers.containsValue("upgrade", "websocket", true)) {
            return "it did not really switch to WebSocket";
        }
        if (protocol != null && !protocol.equals(SUBPROTOCOL)) {
            return "it chose a subprotocol that was not offered";
        }
        return headers.contains("sec-websocket-extensions") ? "it chose an extension that was not offered" : null;
    }

    private String accept() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /** What the server said right behind its answer goes to the frames' decoder. */
    private void upgraded(ChannelHandlerContext context) {
        ChannelHandler[] frames = {
            new WebSocket13FrameEncoder(true),
            new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                    .expectMaskedFrames(false)
                    .allowExtensions(false)
                    .maxFramePayloadLength(link.messageBytes())
                    .build()),
            link
        };
        done.complete(null);
        context.pipeline().addLast(frames);
        context.pipeline().remove(this);
        context.pipeline().remove(HttpResponseDecoder.class);
    }

    private void refuse(Channel channel, Kind kind, String why) {
        channel.close();
        done.completeExceptionally(new McpException(kind, Delivery.NOT_SENT, "no WebSocket: " + why, null));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        refuse(context.channel(), Kind.CONNECT, "the connection ended");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        context.close();
    }
}
